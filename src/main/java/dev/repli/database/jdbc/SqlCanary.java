package dev.repli.database.jdbc;

import dev.repli.database.BinlogEnd;
import dev.repli.database.Canary;
import dev.repli.database.NodeException;
import dev.repli.plan.Node;

/**
 * A moment of replication by file and offset, beside whatever the server's position is in GTIDs.
 */
final class SqlCanary implements Canary {
  private final SqlLink link;
  private final Dialect dialect;
  private final GtidReplication replication;

  SqlCanary(SqlLink link, Dialect dialect, GtidReplication replication) {
    this.link = link;
    this.dialect = dialect;
    this.replication = replication;
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
    link.act("writing a canary", dialect.acts().canary(run, id));
  }

  @Override
  public void forget(String run, String id) {
    link.act("removing a canary", dialect.acts().forgetCanary(run, id));
  }
}
