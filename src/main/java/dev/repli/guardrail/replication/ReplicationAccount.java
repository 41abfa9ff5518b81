package dev.repli.guardrail.replication;

import dev.repli.database.survey.Accounts;
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
final class ReplicationAccount implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION,
            "replication-account",
            "The replication account exists on both nodes, with its privilege")
        .protectsFrom(
            "a way back that cannot log in: the account on the next writer is needed only"
                + " after the switch")
        .reads("accounts of the plan and REPLICATION SLAVE on each node")
        .mend(
            "create it on that node: GRANT REPLICATION SLAVE ON *.*"
                + " (docs/database-accounts.md)")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      String user = node.node().replication().user();
      List<Accounts.Account> accounts = node.accounts().get().of(user);
      boolean may = accounts.stream().anyMatch(a -> a.mayOnAll("REPLICATION SLAVE") && !a.locked());
      if (!may) {
        problems.add(
            node.label()
                + ": "
                + user
                + (accounts.isEmpty()
                    ? " does not exist"
                    : " lacks REPLICATION SLAVE or is locked"));
      }
    }
    return Verdict.unless(problems, "there and privileged on both nodes");
  }
}
