package dev.repli.guardrail.replication;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class DialectPositions implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION,
            "dialect-positions",
            "Between MariaDB and MySQL positions are file and offset")
        .protectsFrom(
            "GTIDs of the other dialect: MariaDB falls back with a line in its log only,"
                + " MySQL refuses")
        .reads("kinds of the nodes, Using_Gtid of the channel")
        .mend("CHANGE MASTER TO … MASTER_USE_GTID = no, MASTER_LOG_FILE, MASTER_LOG_POS");
  }

  @Override
  public Verdict check(Situation situation) {
    if (situation.source().node().kind() == situation.target().node().kind()) {
      return Verdict.holds("both nodes speak the same dialect");
    }
    List<String> problems =
        situation.next().channels().get().stream()
            .filter(channel -> !channel.usingGtid().equals("No"))
            .map(
                channel ->
                    "the channel from " + channel.from() + " uses GTIDs: " + channel.usingGtid())
            .toList();
    return Verdict.unless(problems, "by file and offset");
  }
}
