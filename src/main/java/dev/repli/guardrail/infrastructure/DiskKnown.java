package dev.repli.guardrail.infrastructure;

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
final class DiskKnown implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.INFRASTRUCTURE, "disk-known", "Repli can see how full the disks of the nodes are")
        .protectsFrom("a full disk that nobody watches while the way back is kept open")
        .reads("information_schema.DISKS of both nodes (MariaDB, plugin disks, privilege FILE)")
        .mend(
            "INSTALL SONAME 'disks' and GRANT FILE ON *.* to Repli's account; or accept this"
                + " guardrail in the plan, when your monitoring watches the disks");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      if (!node.disks().get().known()) {
        problems.add(node.label() + ": " + node.disks().get().unknown());
      }
    }
    return Verdict.unless(problems, "on both nodes");
  }
}
