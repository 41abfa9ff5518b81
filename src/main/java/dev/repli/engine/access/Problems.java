package dev.repli.engine.access;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Refusals as problem details (RFC 9457), for those that never reach a controller. */
final class Problems {
  private Problems() {}

  /**
   * @param detail a fixed text of ours: no part of the request. Also sent as {@code message}, as
   *     the engine's own calls say it: Tasklist and Cockpit show that
   */
  static void answer(HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    String body =
        "{\"type\":\"about:blank\",\"title\":\""
            + status.getReasonPhrase()
            + "\",\"status\":"
            + status.value()
            + ",\"detail\":\""
            + detail
            + "\",\"message\":\""
            + detail
            + "\"}";
    // not the writer: whatever was in front may have opened the stream already
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }
}
