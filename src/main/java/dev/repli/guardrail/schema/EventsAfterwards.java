package dev.repli.guardrail.schema;

import dev.repli.database.survey.Programs;
import dev.repli.database.survey.TableName;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

@Component
final class EventsAfterwards implements Guardrail {

  @Override
  public About about() {
    return About.mends(
            Group.SCHEMA, "events-afterwards", "Events are on exactly once after the change")
        .protectsFrom(
            "events that nobody runs any more: replication creates them switched off on"
                + " the replica")
        .reads("events of both nodes with their status")
        .mend(
            "nothing to do: the switch turns the scheduler off on the old writer, and"
                + " events and scheduler on on the new one");
  }

  @Override
  public Verdict check(Situation situation) {
    List<TableName> enabled =
        situation.writer().programs().get().events().stream()
            .filter(Programs.Event::enabled)
            .map(Programs.Event::name)
            .sorted()
            .toList();
    Set<TableName> there =
        situation.next().programs().get().events().stream()
            .filter(Programs.Event::enabled)
            .map(Programs.Event::name)
            .collect(Collectors.toSet());
    List<String> later =
        enabled.stream()
            .filter(name -> !there.contains(name))
            .map(name -> "event " + name + " is switched on by the run, on the new writer")
            .toList();
    return Verdict.unless(later, enabled.size() + " events are enabled on the writer");
  }
}
