package dev.repli.guardrail.replication;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Following;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.Node;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class ErrantTransactions implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION,
            "errant-transactions",
            "The next writer has no transactions of its own")
        .protectsFrom(
            "writes that only one node has: the reverse replication stops at them, or"
                + " copies differ unnoticed")
        .reads(
            "the newest number of every domain and server in the histories, the replica's"
                + " read before the writer's")
        .mend(
            "find them with mariadb-binlog, carry them over or accept their loss, then"
                + " make the replica anew from the writer");
  }

  @Override
  public Verdict check(Situation situation) {
    Following following = situation.following();
    String replica = following.replicaState().get();
    String writer = following.writerState().get();
    boolean maria =
        situation.source().node().kind() == Node.Kind.MARIADB
            && situation.target().node().kind() == Node.Kind.MARIADB;
    String evidence = "writer " + writer + ", replica " + replica;
    if (situation.source().node().kind() != situation.target().node().kind()) {
      return Verdict.holds("histories of MariaDB and MySQL cannot be compared by GTID", evidence);
    }
    List<String> errant =
        maria
            ? GtidHistory.of(replica).beyond(GtidHistory.of(writer))
            : GtidSet.beyond(replica, writer);
    return Verdict.unless(
        errant, "every transaction of the replica came from the writer", evidence);
  }
}
