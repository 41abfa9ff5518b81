package dev.repli.engine.access;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.errorcode.BuiltinExceptionCode;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Says what happened when a timer or another person was faster than an answer: the engine takes
 * only one of the two and calls the other a server error, though nothing is broken.
 */
final class TooLateFilter extends OncePerRequestFilter {
  private static final String REST =
      "/(?:engine-rest(?:/engine/[^/]+)?|camunda/api/engine/engine/[^/]+)";
  private static final Pattern ANSWER =
      Pattern.compile(
          REST
              + "/(?:task/[^/]+/[A-Za-z-]+|message|signal|execution/[^/]+/signal"
              + "|execution/[^/]+/messageSubscriptions/[^/]+/trigger)/?");
  private static final String TASK_GONE = "Cannot find task with id";
  private static final String DETAIL =
      "Somebody else or the clock was faster, and this answer was not taken. Look at the run again,"
          + " and answer what is open now.";

  private final ObjectMapper json;

  TooLateFilter(ObjectMapper json) {
    this.json = json;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return !request.getMethod().equals("POST") || !ANSWER.matcher(path).matches();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, kept);
    if (kept.getStatus() == HttpStatus.INTERNAL_SERVER_ERROR.value()
        && isTooLate(kept.getContentAsByteArray())) {
      kept.resetBuffer();
      Problems.answer(response, HttpStatus.CONFLICT, DETAIL);
    } else {
      kept.copyBodyToResponse();
    }
  }

  private boolean isTooLate(byte[] body) throws IOException {
    try {
      JsonNode said = json.readTree(body);
      return said.path("code").asInt(0) == BuiltinExceptionCode.OPTIMISTIC_LOCKING.getCode()
          || said.path("message").asText("").contains(TASK_GONE);
    } catch (JacksonException notTheEngine) {
      return false;
    }
  }
}
