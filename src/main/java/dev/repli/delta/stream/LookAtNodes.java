package dev.repli.delta.stream;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.NodeSession;
import dev.repli.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Rows flow only from the one writer to a source that nobody else writes. */
final class LookAtNodes implements StreamObjections {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private final Databases databases;

  LookAtNodes(Databases databases) {
    this.databases = databases;
  }

  @Override
  public List<String> to(Plan plan) {
    try (NodeSession target = databases.connect(plan.target(), LIMIT, ActLog.NONE);
        NodeSession source = databases.connect(plan.source(), LIMIT, ActLog.NONE)) {
      return objections(target, source);
    }
  }

  private static List<String> objections(NodeSession target, NodeSession source) {
    List<String> objections = new ArrayList<>();
    if (target.look().readOnly()) {
      objections.add(
          target.node().label() + " is not the writer: cut over to it before rows can come back");
    }
    if (!source.look().readOnly()) {
      objections.add(
          source.node().label()
              + " accepts application writes: fence it, or both sides change the same rows");
    }
    if (source.replication().applying()) {
      objections.add(
          source.node().label()
              + " replicates: two that apply the same changes take each other's for conflicts;"
              + " STOP SLAVE there, or do without a stream");
    }
    return objections;
  }
}
