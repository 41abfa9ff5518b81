package dev.repli.guardrail.tls;

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
final class CertificatePresent implements Guardrail {

  @Override
  public About about() {
    return About.blocks(Group.TLS, "certificate", "Whoever asks for TLS gets it on both nodes")
        .protectsFrom(
            "clients and accounts with REQUIRE SSL that cannot connect: SSL is required,"
                + " but the server does not support it (error 2026)")
        .reads("each server's greeting, TLS settings of the plan, accounts that require TLS")
        .mend(
            "give the server ssl_cert and ssl_key and restart it; from 11.4 on it makes"
                + " itself one when it has none (slow: a key at each start)");
  }

  @Override
  public Verdict check(Situation situation) {
    boolean usedNow =
        situation.writer().security().get().clients().stream()
            .anyMatch(c -> c.type().equals("SSL/TLS"));
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      if (node.security().get().offered()) {
        continue;
      }
      long demanding = node.accounts().get().all().stream().filter(a -> !a.tls().isEmpty()).count();
      if (demanding > 0) {
        problems.add(
            node.label() + " offers no TLS, and " + demanding + " of its accounts require it");
      }
      if (usedNow && node.node().role() != situation.role()) {
        problems.add(node.label() + " offers no TLS, and clients of the writer use it now");
      }
      if (node.node().tls() != Node.Tls.DISABLED) {
        problems.add(node.label() + " offers no TLS, and the plan asks for it");
      }
    }
    return Verdict.unless(problems, shown(situation.source()), shown(situation.target()));
  }

  private static String shown(NodeSurvey node) {
    return node.label()
        + (node.security().get().offered() ? " offers TLS" : " offers no TLS, nobody asks for it");
  }
}
