package dev.repli.database.jdbc;

import dev.repli.database.BinlogEnd;
import dev.repli.database.Canary;
import dev.repli.database.NodeException;
import dev.repli.plan.Node;

/**
 * A moment of replication by file and offset, beside whatever the server's position is in GTIDs.
 */
final class SqlCanary implements Canary {
  private static final String WRITING = "writing a canary";

  private final SqlLink link;
  private final Dialect dialect;
  private final GtidReplication replication;
  private final ProbeTable probe;

  SqlCanary(SqlLink link, Dialect dialect, GtidReplication replication, ProbeTable probe) {
    this.link = link;
    this.dialect = dialect;
    this.replication = replication;
    this.probe = probe;
  }

  @Override
  public BinlogEnd end() {
    String doing = "reading the end of the binary log";
    return link.row(
            doing,
            dialect.replication().binlogStatus(),
            row -> new BinlogEnd(row.getString(1), row.getLong(2)))
        .orElseThrow(
            () ->
                new NodeException(
                    link.node(),
                    doing,
                    "it has none; set log_bin",
                    NodeException.Action.REPAIR_TARGET));
  }

  @Override
  public void follow(Node other, BinlogEnd from, String password) {
    String doing = "following " + other.label() + " for a canary";
    if (replication.look().configured()) {
      throw new NodeException(
          link.node(), doing, "it is a replica already", NodeException.Action.REPAIR_TARGET);
    }
    dialect
        .acts()
        .follow(other, from, password)
        .forEach(statement -> link.act(doing, statement, password));
    replication.awaitRunning(doing);
  }

  @Override
  public void unfollow() {
    replication.reset();
  }

  @Override
  public void write(String run, String id) {
    link.act(WRITING, dialect.acts().writersCanary(run, id));
    if (probe.count(run, id) == 0) {
      throw new NodeException(
          link.node(),
          WRITING,
          "it was fenced meanwhile; nothing was written",
          NodeException.Action.WAIT_AND_RETRY);
    }
  }

  @Override
  public void writePastFence(String run, String id) {
    link.act(WRITING, dialect.acts().canary(run, id));
  }

  @Override
  public void forget(String run, String id) {
    link.act("removing a canary", dialect.acts().forgetCanary(run, id));
  }
}
