package dev.repli.guardrail.replication;

import dev.repli.database.survey.Channel;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

@Component
final class ReplicaTls implements Guardrail {
  private static final int TLS_ERROR = 2026;

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION,
            "replica-tls",
            "The replica connects the way the source can, and as the plan says")
        .protectsFrom(
            "error 2026: since 11.4 a replica insists on verified TLS, and a server"
                + " without it cannot be reached; RESET SLAVE ALL keeps the settings of an"
                + " earlier CHANGE MASTER")
        .reads(
            "have_ssl of the writer, TLS settings of the plan, Master_SSL_Allowed and the"
                + " certificate's verification of the channel")
        .mend(
            "give the server a certificate (ssl_cert, ssl_key), or say tls: disabled for"
                + " that node in the plan; always state MASTER_SSL and"
                + " MASTER_SSL_VERIFY_SERVER_CERT in CHANGE MASTER, both");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      boolean wanted = node.node().tls() != Node.Tls.DISABLED;
      if (wanted && !node.security().get().offered()) {
        problems.add(
            node.label()
                + " offers no TLS, but the plan says tls: "
                + word(node.node().tls())
                + "; a replica gets error 2026");
      }
    }
    for (Channel channel : situation.next().channels().get()) {
      if (channel.ioErrorNumber() == TLS_ERROR) {
        problems.add("the replica cannot connect: error 2026 " + channel.ioError());
      }
      boolean wanted = situation.writer().node().tls() != Node.Tls.DISABLED;
      if (channel.tls() != wanted) {
        problems.add(
            "the channel "
                + (channel.tls() ? "uses" : "does not use")
                + " TLS, the plan says tls: "
                + word(situation.writer().node().tls())
                + "; RESET SLAVE ALL does not reset it");
      }
    }
    return Verdict.unless(problems, "as the plan says");
  }

  private static String word(Node.Tls tls) {
    return tls.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
