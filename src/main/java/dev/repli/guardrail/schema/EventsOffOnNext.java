package dev.repli.guardrail.schema;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class EventsOffOnNext implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.SCHEMA,
            "events-off-on-next",
            "No event runs on the next writer before it is the writer")
        .protectsFrom(
            "events that run on both nodes at once; those of privileged definers write"
                + " past read_only")
        .reads("event_scheduler and enabled events of the next writer")
        .mend("SET GLOBAL event_scheduler = OFF on the next writer, and in its option file")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    boolean on = situation.next().server().get().isOn("event_scheduler");
    List<String> problems =
        situation.next().programs().get().events().stream()
            .filter(event -> on && event.enabled())
            .map(
                event ->
                    "event "
                        + event.name()
                        + " of "
                        + event.definer()
                        + " runs on "
                        + situation.next().label())
            .toList();
    return Verdict.unless(
        problems, on ? "none is enabled there" : "the event scheduler is off there");
  }
}
