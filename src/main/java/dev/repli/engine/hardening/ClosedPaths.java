package dev.repli.engine.hardening;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Calls that nobody may make, on either of the two engine REST paths and for every engine name:
 * they deploy code, change running instances behind the models' back, or (CVE-2026-77226) create an
 * administrator without a log-in.
 */
public final class ClosedPaths implements RequestMatcher {
  /** {@code /engine-rest[/engine/x]} or {@code /camunda/api/engine/engine/x}. */
  private static final String REST =
      "^/(?:engine-rest(?:/engine/[^/]+)?|camunda/api/engine/engine/[^/]+)";

  private static final List<Closed> CLOSED =
      List.of(
          change(REST + "/deployment(/.*)?$"),
          any(REST + "(/.*)?/(modification|modification-async|restart|restart-async)$"),
          any(REST + "/(modification|migration|telemetry|batch|metrics)(/.*)?$"),
          any(REST + "/(process-instance|history/process-instance|decision-instance)/.*async.*$"),
          change(REST + "/history/.*$", "/history/([a-z-]+)(/count)?$"),
          change(REST + "/filter/create$"),
          any("^/camunda/api/admin/setup(/.*)?$"),
          any("^/camunda/app/admin/[^/]+/setup(/.*)?$"),
          // there is one log-in: Repli's; a second one would let a session be two people
          any("^/camunda/api/admin/auth/user/[^/]+/login(/.*)?$"));

  @Override
  public boolean matches(HttpServletRequest request) {
    // decoded, as the engine will read it: another spelling of the same path is the same path
    String inside = request.getPathInfo() == null ? "" : request.getPathInfo();
    String plain = (request.getServletPath() + inside).replaceAll("/+$", "");
    return CLOSED.stream().anyMatch(closed -> closed.matches(request.getMethod(), plain));
  }

  private static Closed any(String path) {
    return new Closed(Pattern.compile(path), Pattern.compile("$^"), false);
  }

  private static Closed change(String path) {
    return change(path, "$^");
  }

  private static Closed change(String path, String exceptQuery) {
    return new Closed(Pattern.compile(path), Pattern.compile(exceptQuery), true);
  }

  /** A path, closed for all methods or for those that change something. */
  private record Closed(Pattern path, Pattern exceptPost, boolean changesOnly) {
    boolean matches(String method, String target) {
      boolean reads = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
      boolean query = method.equals("POST") && exceptPost.matcher(target).find();
      return path.matcher(target).find() && !(changesOnly && (reads || query));
    }
  }
}
