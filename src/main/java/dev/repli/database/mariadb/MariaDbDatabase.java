package dev.repli.database.mariadb;

import dev.repli.database.ActLog;
import dev.repli.database.ActStatements;
import dev.repli.database.Database;
import dev.repli.database.NodeSession;
import dev.repli.database.ProbeConnection;
import dev.repli.database.jdbc.Connections;
import dev.repli.database.jdbc.SqlLink;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** MariaDB 10.11 and newer. */
@Component
final class MariaDbDatabase implements Database {
  private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(2);
  private final Connections connections;
  private final MariaDbActs acts = new MariaDbActs();

  MariaDbDatabase(Secrets secrets) {
    connections = new Connections(secrets);
  }

  @Override
  public Node.Kind kind() {
    return Node.Kind.MARIADB;
  }

  @Override
  public ActStatements statements() {
    return acts;
  }

  @Override
  public NodeSession connect(Node node, Duration lease, ActLog log) {
    Duration half = lease.dividedBy(2);
    Duration limit = half.compareTo(SHORTEST_LIMIT) < 0 ? SHORTEST_LIMIT : half;
    SqlLink control = connections.open(node, limit, log);
    try {
      SqlLink sleeper = connections.open(node, limit, ActLog.NONE);
      // an answer of the sleeper is due when the lease ends, so it has no limit of its own
      sleeper.limit(Duration.ZERO);
      List.of(control, sleeper).forEach(link -> prepare(link, lease));
      return new MariaDbSession(control, sleeper, acts, log);
    } catch (RuntimeException e) {
      control.close();
      throw e;
    }
  }

  /** Idle for the lease, a session is ended by the server: a frozen Repli wakes up without it. */
  private static void prepare(SqlLink link, Duration lease) {
    long seconds = Math.max(1, lease.toSeconds());
    link.look(
        "preparing a session",
        "SET SESSION wait_timeout = " + seconds + ", max_statement_time = 0, time_zone = '+00:00'");
  }

  @Override
  public ProbeConnection openProbe(Endpoint at, Node like, Account account) {
    return connections.openClient(at, like, account, ProbeConnection.WRITE_LIMIT).asProbe();
  }
}
