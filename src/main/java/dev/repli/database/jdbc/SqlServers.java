package dev.repli.database.jdbc;

import dev.repli.database.ActLog;
import dev.repli.database.NodeSession;
import dev.repli.database.ProbeConnection;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.time.Duration;

/** Opens the connections of a commander, none later than it takes command. */
public final class SqlServers {
  private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(2);
  private final Connections connections;
  private final Dialect dialect;

  public SqlServers(Secrets secrets, Dialect dialect) {
    this.connections = new Connections(secrets);
    this.dialect = dialect;
  }

  /** See the port. An answer that takes more than half the lease is no answer. */
  public NodeSession connect(Node node, Duration lease, ActLog log) {
    Duration half = lease.dividedBy(2);
    Duration limit = half.compareTo(SHORTEST_LIMIT) < 0 ? SHORTEST_LIMIT : half;
    SqlLink control = connections.open(node, limit, log);
    try {
      prepare(control, lease);
      return new SqlSession(
          control,
          sleeper(node, limit, lease),
          // it rests until the gate is passed, for which there is one lease, too
          () -> sleeper(node, limit, lease.multipliedBy(2)),
          dialect,
          log);
    } catch (RuntimeException e) {
      control.close();
      throw e;
    }
  }

  private SqlLink sleeper(Node node, Duration limit, Duration lease) {
    SqlLink sleeper = connections.open(node, limit, ActLog.NONE);
    prepare(sleeper, lease);
    return sleeper;
  }

  /** Idle for the lease, a session is ended by the server: a frozen Repli wakes up without it. */
  private void prepare(SqlLink link, Duration lease) {
    link.look(
        "preparing a session",
        "SET SESSION wait_timeout = %d, %s = 0, time_zone = '+00:00'"
            .formatted(Math.max(1, lease.toSeconds()), dialect.statementLimit()));
  }

  /** See the port. */
  public ProbeConnection openProbe(Endpoint at, Node like, Account account) {
    return connections
        .openClient(at, like, account, ProbeConnection.WRITE_LIMIT)
        .asProbe(dialect.probeInsert());
  }

  /** See the port. */
  public ProbeConnection openSharedProbe(Endpoint at, Node like, Account account) {
    return connections
        .openClient(at, like, account, ProbeConnection.WRITE_LIMIT)
        .asProbe(dialect.sharedProbeInsert());
  }
}
