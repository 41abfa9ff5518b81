package dev.repli.web;

import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A page that keeps itself up to date: its script fetches it again and shows the new {@code main}.
 * Without scripts it says so and stays as it was.
 */
final class LivePage {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String LINKS =
      """
      <nav>
      <a href="/">Repli</a>
      <a href="/camunda/app/tasklist/default/">Tasklist: open tasks</a>
      <a href="/camunda/app/cockpit/default/">Cockpit: the diagrams</a>
      <a href="/status">Status: what customers see</a>
      <a href="/api/runs">API</a>
      <a href="/api/openapi">OpenAPI</a>
      <a href="/health">Health</a>
      </nav>
      <p id="connection" role="status"></p>
      """;

  private static final String SCRIPT =
      """
      <noscript><p>Without JavaScript this page does not change by itself: load it again.</p></noscript>
      <script src="/scripts/live.js"></script>
      """;

  private LivePage() {}

  /**
   * The answer.
   *
   * @param events address of its events; empty when it is asked for again every few seconds
   * @param body markup, in which every text is escaped already
   */
  static ResponseEntity<byte[]> of(String title, String events, String body) {
    String main = "<main id=\"live\" data-events=\"%s\">\n%s</main>\n".formatted(events, body);
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .header("Content-Security-Policy", POLICY)
        .header("Referrer-Policy", "no-referrer")
        .cacheControl(CacheControl.noStore())
        .body(Html.page(title, LINKS + main + SCRIPT));
  }
}
