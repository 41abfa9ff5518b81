package dev.repli.guardrail.schema;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Programs;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class TriggersOnce implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.SCHEMA,
            "triggers-once",
            "Database triggers do not fire a second time on the replica")
        .protectsFrom(
            "every effect of a trigger twice: in the rows of the writer that are"
                + " replicated, and by the trigger on the replica")
        .reads("slave_run_triggers_for_rbr of MariaDB nodes, and database triggers")
        .mend("SET GLOBAL slave_run_triggers_for_rbr = NO, and in the option file");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      String run = node.server().get().variable("slave_run_triggers_for_rbr").orElse("NO");
      List<Programs.Stored> triggers = node.programs().get().triggers();
      if (!run.equals("NO") && !triggers.isEmpty()) {
        problems.add(
            "%s: slave_run_triggers_for_rbr = %s, and there are %d triggers, for example %s"
                .formatted(node.label(), run, triggers.size(), triggers.get(0).name()));
      }
    }
    return Verdict.unless(
        problems,
        situation.writer().programs().get().triggers().size()
            + " database triggers, none runs for replicated rows");
  }
}
