package dev.repli.web;

import dev.repli.journal.ReportHtml;
import dev.repli.journal.ReportMarkdown;
import dev.repli.postmortem.PostMortem;
import dev.repli.postmortem.PostMortems;
import dev.repli.run.RunKey;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The post-mortem of a rollback, by the rollback's key or by its own: Markdown, page, charts. */
@RestController
final class PostMortemApi {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final PostMortems kept;

  PostMortemApi(PostMortems kept) {
    this.kept = kept;
  }

  @GetMapping("/api/runs/{key}/post-mortem")
  ResponseEntity<byte[]> postMortem(@PathVariable String key, HttpServletRequest request) {
    Params.only(request, "format");
    PostMortem found = known(key);
    return isHtml(request)
        ? answer(ReportHtml.MEDIA_TYPE, found.html())
        : answer(ReportMarkdown.MEDIA_TYPE, found.markdown());
  }

  @GetMapping("/api/runs/{key}/post-mortem/{chart}.svg")
  ResponseEntity<byte[]> chart(
      @PathVariable String key, @PathVariable String chart, HttpServletRequest request) {
    Params.only(request);
    String svg = known(key).charts().get(chart + ".svg");
    if (svg == null) {
      throw Problem.of(
          HttpStatus.NOT_FOUND,
          "no-such-chart",
          "This post-mortem has no such chart; the Markdown names those it has.");
    }
    return answer("image/svg+xml", svg);
  }

  private PostMortem known(String key) {
    RunKey run = Params.runKey(key);
    return kept.find(run)
        .orElseThrow(
            () ->
                Problem.of(
                    HttpStatus.NOT_FOUND,
                    "no-post-mortem",
                    "There is no post-mortem of "
                        + run
                        + ": one is drafted at the end of a rollback that changed something."));
  }

  /** A browser asks for pages first; everybody else gets Markdown. */
  private static boolean isHtml(HttpServletRequest request) {
    String asked = request.getParameter("format");
    if (asked == null) {
      String accept = request.getHeader(HttpHeaders.ACCEPT);
      return accept != null && accept.contains("text/html");
    }
    return switch (asked) {
      case "html" -> true;
      case "md" -> false;
      default -> throw Params.wrong("format is md or html");
    };
  }

  private static ResponseEntity<byte[]> answer(String type, String text) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(type))
        .header("Content-Security-Policy", POLICY)
        .header("Referrer-Policy", "no-referrer")
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .cacheControl(CacheControl.noStore())
        .body(text.getBytes(StandardCharsets.UTF_8));
  }
}
