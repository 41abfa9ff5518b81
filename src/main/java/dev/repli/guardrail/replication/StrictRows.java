package dev.repli.guardrail.replication;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Server;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class StrictRows implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION, "strict-rows", "The replica stops at a row that does not fit")
        .protectsFrom(
            "slave_exec_mode = IDEMPOTENT skips missing and duplicate rows: copies differ"
                + " and nobody is told")
        .reads("slave_exec_mode (replica_exec_mode) and slave_skip_errors of both nodes")
        .mend(
            "SET GLOBAL slave_exec_mode = STRICT; slave_skip_errors = OFF in the option"
                + " file, restart; then compare the tables");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      Server server = node.server().get();
      String mode =
          server
              .variable("slave_exec_mode")
              .or(() -> server.variable("replica_exec_mode"))
              .orElse("STRICT");
      String skipped =
          server
              .variable("slave_skip_errors")
              .or(() -> server.variable("replica_skip_errors"))
              .orElse("OFF");
      if (!mode.equals("STRICT")) {
        problems.add(
            node.label() + ": rows that do not fit are passed over, slave_exec_mode = " + mode);
      }
      if (!skipped.equals("OFF") && !skipped.isBlank()) {
        problems.add(node.label() + ": errors are passed over, slave_skip_errors = " + skipped);
      }
    }
    return Verdict.unless(problems, "every row has to fit");
  }
}
