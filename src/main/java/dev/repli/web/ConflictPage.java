package dev.repli.web;

import dev.repli.run.RunKey;
import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Where people decide about conflicts; its script asks {@link ConflictApi}. */
@Controller
final class ConflictPage {
  private static final String BODY =
      """
      <style>
      mark { background: #ffe08a; color: #000; font-weight: bold; }
      .none { color: #666; font-style: italic; }
      .conflict { border: 1px solid #999; border-radius: .5rem; padding: 0 1rem 1rem; margin: 1rem 0; }
      .conflict table { table-layout: fixed; }
      td, th { overflow-wrap: anywhere; }
      td input { width: 100%%; box-sizing: border-box; font: inherit; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f3f3f3; padding: .5rem; }
      button { font: inherit; padding: .4rem .8rem; margin: .3rem .4rem .3rem 0; }
      [role=alert] { border-left: .4rem solid #b00020; padding: .3rem .8rem; }
      [role=status] { border-left: .4rem solid #1b6e1b; padding: .3rem .8rem; }
      </style>
      <nav><a href="/">Repli</a><a href="/camunda/app/tasklist/default/">Tasklist</a>
      <a href="#" id="state-open">To be decided</a><a href="#" id="state-resolved">Resolved</a>
      <a href="#" id="state-dead-lettered">Dead letters</a></nav>
      <p>Nothing is written before you have seen its statements and said <em>do it</em>. What changed since you
      looked is not overwritten: you are shown the new state instead.</p>
      <div id="notice" aria-live="polite"></div>
      <div id="tables"></div>
      <main id="conflicts" data-run="%s">Loading …</main>
      <p><button type="button" id="more" hidden>Next page</button></p>
      <noscript><p role="alert">This page needs JavaScript. Without it: GET /api/runs/%s/conflicts.</p></noscript>
      <script src="/scripts/conflicts.js"></script>
      """;

  @GetMapping("/conflicts/{key}")
  ResponseEntity<byte[]> page(@PathVariable String key) {
    RunKey run = Params.runKey(key);
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .cacheControl(CacheControl.noStore())
        .body(Html.page("Conflicts of " + run, BODY.formatted(run, run)));
  }
}
