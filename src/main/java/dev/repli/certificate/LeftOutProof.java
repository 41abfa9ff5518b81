package dev.repli.certificate;

import dev.repli.rollback.AbandonedTables;
import dev.repli.rollback.Finding;
import java.util.List;

/** What Repli's own stream will leave out, said before anybody cuts over. */
final class LeftOutProof implements Proof {

  @Override
  public List<Finding> inspect(Situation now) {
    return now.streamsBack()
        ? AbandonedTables.risk(now.plan(), "Repli's stream leaves them out and keeps no archive")
            .stream()
            .toList()
        : List.of();
  }
}
