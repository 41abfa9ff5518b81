package dev.repli.guardrail.replication;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class IdempotentDdl implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.REPLICATION,
            "idempotent-ddl",
            "The replica executes definitions as they are, and not until they fit")
        .protectsFrom(
            "slave_ddl_exec_mode = IDEMPOTENT, the default, turns CREATE TABLE of a table"
                + " that is there into CREATE OR REPLACE: its rows are gone")
        .reads("slave_ddl_exec_mode of the MariaDB nodes")
        .mend("SET GLOBAL slave_ddl_exec_mode = STRICT on both nodes, and in the option file");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      node.server()
          .get()
          .variable("slave_ddl_exec_mode")
          .filter(mode -> !mode.equals("STRICT"))
          .ifPresent(mode -> problems.add(node.label() + ": slave_ddl_exec_mode = " + mode));
    }
    return Verdict.unless(problems, "STRICT on both nodes");
  }
}
