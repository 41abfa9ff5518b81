package dev.repli.database.mariadb;

import dev.repli.database.ActLog;
import dev.repli.database.ActStatements;
import dev.repli.database.Database;
import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.database.ProbeConnection;
import dev.repli.database.jdbc.Dialect;
import dev.repli.database.jdbc.ReplicationWords;
import dev.repli.database.jdbc.SqlServers;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** MariaDB 10.11 and newer. */
@Component
final class MariaDbDatabase implements Database {
  private static final Dialect DIALECT =
      new Dialect(
          Node.Kind.MARIADB,
          new MariaDbActs(),
          new ReplicationWords(
              Position.Kind.MARIADB_GTID,
              "SHOW SLAVE STATUS",
              "Slave",
              "Master",
              "gtid_binlog_pos",
              "MASTER_GTID_WAIT",
              "MASTER_POS_WAIT",
              "SHOW MASTER STATUS"),
          "read_only",
          "read_only",
          "BACKUP",
          "p.time_ms",
          "max_statement_time",
          1,
          "mariadbd",
          "INSERT INTO repli_probe.probe_write (run, id) VALUES (?, ?)",
          "BEGIN NOT ATOMIC %s END",
          MariaDbLooks::new);

  private final SqlServers servers;

  MariaDbDatabase(Secrets secrets) {
    servers = new SqlServers(secrets, DIALECT);
  }

  @Override
  public Node.Kind kind() {
    return DIALECT.kind();
  }

  @Override
  public ActStatements statements() {
    return DIALECT.acts();
  }

  @Override
  public NodeSession connect(Node node, Duration lease, ActLog log) {
    return servers.connect(node, lease, log);
  }

  @Override
  public ProbeConnection openProbe(Endpoint at, Node like, Account account) {
    return servers.openProbe(at, like, account);
  }

  @Override
  public ProbeConnection openSharedProbe(Endpoint at, Node like, Account account) {
    return servers.openSharedProbe(at, like, account);
  }
}
