package dev.repli.guardrail.replication;

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
final class GtidDomains implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION, "gtid-domains", "Both nodes write into the same GTID domain")
        .protectsFrom(
            "positions of several domains that nobody has agreed on, and writes of the"
                + " way back in a domain of their own")
        .reads("gtid_domain_id of both nodes, domains in the replica's history")
        .mend("SET GLOBAL gtid_domain_id to that of the writer, and in the option file");
  }

  @Override
  public Verdict check(Situation situation) {
    if (!GtidStrict.maria(situation)) {
      return Verdict.holds("only MariaDB has domains");
    }
    Server writer = situation.writer().server().get();
    Server next = situation.next().server().get();
    String ours = writer.variable("gtid_domain_id").orElse("0");
    String theirs = next.variable("gtid_domain_id").orElse("0");
    List<String> problems = new ArrayList<>();
    if (!ours.equals(theirs)) {
      problems.add("gtid_domain_id is " + ours + " on the writer, " + theirs + " on the next");
    }
    List<String> known = GtidHistory.of(situation.following().writerState().get()).domains();
    List<String> more =
        new ArrayList<>(GtidHistory.of(situation.following().replicaState().get()).domains());
    more.removeAll(known);
    if (!more.isEmpty()) {
      problems.add("the replica's history has domains that the writer's lacks: " + more);
    }
    return Verdict.unless(problems, "domain " + ours + " on both, history in " + known);
  }
}
