package dev.repli.database.mysql;

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

/** MySQL 8.4 and newer. */
@Component
final class MySqlDatabase implements Database {
  private static final Dialect DIALECT =
      new Dialect(
          Node.Kind.MYSQL,
          new MySqlActs(),
          new ReplicationWords(
              Position.Kind.MYSQL_GTID_SET,
              "SHOW REPLICA STATUS",
              "Replica",
              "Source",
              "gtid_executed",
              "WAIT_FOR_EXECUTED_GTID_SET",
              "SOURCE_POS_WAIT",
              "SHOW BINARY LOG STATUS"),
          "super_read_only",
          "read_only",
          "GLOBAL",
          "p.time * 1000",
          "max_execution_time",
          1000,
          "mysqld",
          // MySQL allows no system variable as a column's default
          "INSERT INTO repli_probe.probe_write (run, id, server_id) VALUES (?, ?, (SELECT"
              + " VARIABLE_VALUE FROM performance_schema.global_variables"
              + " WHERE VARIABLE_NAME = 'server_id'))",
          "",
          MySqlLooks::new);

  private final SqlServers servers;

  MySqlDatabase(Secrets secrets) {
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
