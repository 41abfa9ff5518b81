package dev.repli.guardrail.inflight;

import dev.repli.database.survey.Accounts;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Session;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

@Component
final class PrivilegedApplications implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.IN_FLIGHT, "privileged-applications", "No application writes past the fence")
        .protectsFrom(
            "writes that are acknowledged by the old writer after the fence, and are lost")
        .reads(
            "live sessions of accounts with READ ONLY ADMIN (MySQL: none, super_read_only"
                + " stops everybody)")
        .mend(
            "REVOKE READ ONLY ADMIN (and ALL) ON *.* from that account, then let it"
                + " connect anew; end sessions of administrators");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    List<String> idle = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      if (node.node().kind() == Node.Kind.MYSQL) {
        continue;
      }
      Set<String> connected =
          node.work().get().clients().stream().map(Session::user).collect(Collectors.toSet());
      for (Accounts.Account account : node.accounts().get().all()) {
        boolean past = account.mayOnAll("READ ONLY ADMIN") || account.mayOnAll("READ_ONLY ADMIN");
        boolean own = account.user().equals(node.node().account().user());
        if (past && !own) {
          String text = node.label() + ": " + account.label();
          if (connected.contains(account.user())) {
            problems.add(text + " is connected");
          } else {
            idle.add(text + " is not connected");
          }
        }
      }
    }
    return Verdict.unless(problems, "no such session", idle.toArray(String[]::new));
  }
}
