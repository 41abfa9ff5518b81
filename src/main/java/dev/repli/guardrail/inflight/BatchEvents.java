package dev.repli.guardrail.inflight;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class BatchEvents implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.IN_FLIGHT, "batch-events", "No event of the database is due during the change")
        .protectsFrom("a batch that is cut in the middle, or runs twice")
        .reads("enabled events of the writer with their last run and interval")
        .mend(
            "disable it for the change: ALTER EVENT … DISABLE, on the writer; name this"
                + " guardrail in the approval when it may run");
  }

  @Override
  public Verdict check(Situation situation) {
    boolean on = situation.writer().server().get().isOn("event_scheduler");
    List<String> problems =
        situation.writer().programs().get().events().stream()
            .filter(event -> on && event.enabled())
            .map(
                e ->
                    "event %s, every %s, last run %s"
                        .formatted(
                            e.name(), e.every(), e.last().map(Instant::toString).orElse("never")))
            .toList();
    return Verdict.unless(problems, on ? "no event is enabled" : "the event scheduler is off");
  }
}
