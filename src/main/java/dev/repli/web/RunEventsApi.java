package dev.repli.web;

import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Server-sent events of a run. */
@RestController
final class RunEventsApi {
  private static final String LAST = "Last-Event-ID";

  private final Runs runs;
  private final RunEvents events;

  RunEventsApi(Runs runs, RunEvents events) {
    this.runs = runs;
    this.events = events;
  }

  @GetMapping("/api/runs/{key}/events")
  ResponseEntity<SseEmitter> events(@PathVariable String key, HttpServletRequest request) {
    Params.only(request);
    RunKey run = Params.runKey(key);
    if (runs.find(run).isEmpty()) {
      throw RunApi.unknown(run);
    }
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_EVENT_STREAM)
        .cacheControl(CacheControl.noStore())
        // proxies would keep events back until there are many
        .header("X-Accel-Buffering", "no")
        .body(events.listen(run, last(request)));
  }

  private static long last(HttpServletRequest request) {
    String last = Optional.ofNullable(request.getHeader(LAST)).orElse("0");
    if (!last.matches("[0-9]{1,15}")) {
      throw Params.wrong(LAST + " is the number of an entry of the run's journal");
    }
    return Long.parseLong(last);
  }
}
