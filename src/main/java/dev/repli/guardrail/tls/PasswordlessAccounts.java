package dev.repli.guardrail.tls;

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
final class PasswordlessAccounts implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.TLS, "passwordless-accounts", "Every account has a password or another proof")
        .protectsFrom(
            "clients of 11.4 and newer that silently give up verifying the server for"
                + " such accounts, and connectors that refuse self-signed certificates for them")
        .reads("accounts without authentication data, on both nodes")
        .mend("give the account a password, or the clients a CA file");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      node.accounts().get().all().stream()
          .filter(a -> !a.role() && !a.locked() && a.passwordless())
          .forEach(a -> problems.add(node.label() + ": " + a.label()));
    }
    return Verdict.unless(problems, "all of them");
  }
}
