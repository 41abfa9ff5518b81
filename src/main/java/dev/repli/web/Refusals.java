package dev.repli.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns everything that goes wrong in a call into problem details without inner workings. */
@RestControllerAdvice
final class Refusals extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  @ExceptionHandler(Problem.class)
  ResponseEntity<ProblemDetail> refused(Problem problem) {
    return answer(problem.detail());
  }

  @ExceptionHandler(Exception.class)
  ResponseEntity<ProblemDetail> surprised(Exception surprise, HttpServletRequest request) {
    String id = UUID.randomUUID().toString();
    LOG.error(
        "{} {} failed, error id {}", request.getMethod(), request.getServletPath(), id, surprise);
    return answer(
        Problem.detail(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "internal-error",
            "Repli could not answer this call. Whether something was changed is told by GET"
                + " /api/runs. The cause stands in Repli's log under error id "
                + id));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception cause,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    HttpHeaders all = new HttpHeaders();
    all.addAll(headers);
    // whatever the caller accepts: a refusal is a problem
    all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return super.handleExceptionInternal(cause, body, all, status, request);
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }
}
