package dev.repli.web;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/**
 * A refusal as RFC 9457 problem details: what is wrong, with what, and what to do. Thrown by the
 * controllers; {@link Refusals} answers it.
 */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient ProblemDetail detail;

  private Problem(ProblemDetail detail) {
    super(detail.getDetail(), null, false, false);
    this.detail = detail;
  }

  /**
   * A problem of ours.
   *
   * @param name lower-case words with hyphens, part of the problem's type
   */
  static Problem of(HttpStatus status, String name, String detail) {
    return new Problem(detail(status, name, detail));
  }

  static ProblemDetail detail(HttpStatusCode status, String name, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("urn:repli:problem:" + name));
    return problem;
  }

  /** Adds a member that a program can read. */
  Problem with(String member, Object value) {
    detail.setProperty(member, value);
    return this;
  }

  ProblemDetail detail() {
    return detail;
  }

  /** For answers that are written without Spring's converters. */
  static Map<String, Object> members(ProblemDetail problem, String instance) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", String.valueOf(problem.getType()));
    members.put("title", String.valueOf(problem.getTitle()));
    members.put("status", problem.getStatus());
    members.put("detail", String.valueOf(problem.getDetail()));
    members.put("instance", instance);
    return members;
  }
}
