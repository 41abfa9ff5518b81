package dev.repli.guardrail.replication;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.Node;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class GtidStrict implements Guardrail {

  @Override
  public About about() {
    return About.blocks(Group.REPLICATION, "gtid-strict-mode", "gtid_strict_mode is on")
        .protectsFrom(
            "a stray write on the replica that diverges silently: with strict mode it"
                + " stops the replication and is seen")
        .reads("gtid_strict_mode of both nodes")
        .mend("SET GLOBAL gtid_strict_mode = ON, and in the option file");
  }

  @Override
  public Verdict check(Situation situation) {
    if (!maria(situation)) {
      return Verdict.holds("only MariaDB has it");
    }
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      if (!node.server().get().isOn("gtid_strict_mode")) {
        problems.add(node.label() + ": gtid_strict_mode is OFF");
      }
    }
    return Verdict.unless(problems, "on on both nodes");
  }

  /** Whether both nodes are MariaDB. */
  static boolean maria(Situation situation) {
    return situation.both().stream().allMatch(node -> node.node().kind() == Node.Kind.MARIADB);
  }
}
