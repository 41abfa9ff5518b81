package dev.repli.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What callers see of refusals outside the controllers: log-in, permissions, malformed paths. */
@Controller
final class ErrorPage implements ErrorController {
  private final ObjectMapper json;

  ErrorPage(ObjectMapper json) {
    this.json = json;
  }

  @RequestMapping("${server.error.path:/error}")
  ResponseEntity<byte[]> error(HttpServletRequest request) throws JsonProcessingException {
    HttpStatus status = status(request);
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String detail = explain(status);
    if (wantsPage(request)) {
      return ResponseEntity.status(status)
          .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
          .body(Html.message(status.value() + " " + status.getReasonPhrase(), detail));
    }
    byte[] body =
        json.writeValueAsBytes(
            Problem.members(
                Problem.detail(status, nameOf(status), detail),
                path == null ? "/" : path.toString()));
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(body);
  }

  static String nameOf(HttpStatus status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String explain(HttpStatus status) {
    return switch (status) {
      case UNAUTHORIZED -> "Log in with HTTP Basic as a user of the engine.";
      case FORBIDDEN -> "This user may not do that; the groups that may stand at /api/openapi.";
      case NOT_FOUND -> "Nothing is here; what there is stands at /api/openapi.";
      case METHOD_NOT_ALLOWED -> "This address has other methods; they stand at /api/openapi.";
      default ->
          status.is4xxClientError()
              ? "Repli cannot read this request; what it reads stands at /api/openapi."
              : "Repli could not answer this call; its log says why.";
    };
  }

  private static boolean wantsPage(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept != null && accept.contains("text/html");
  }

  private static HttpStatus status(HttpServletRequest request) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
    // somebody opened /error itself
    return status == null ? HttpStatus.NOT_FOUND : status;
  }
}
