package dev.repli.lab;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** ProxySQL keeps work waiting while the writer moves; on an admin connection that is open. */
record BareProxySql(Connection admin) implements BareRoute {
  private static final int POLLS = 1000;

  @Override
  public void hold(Side old) throws SQLException, InterruptedException {
    int port = old.server().port();
    run(
        "UPDATE mysql_servers SET status='OFFLINE_SOFT' WHERE hostgroup_id=10 AND port=" + port,
        "LOAD MYSQL SERVERS TO RUNTIME");
    for (int poll = 0; poll < POLLS; poll++) {
      if (used(port) == 0) {
        return;
      }
      Show.pause(Duration.ofMillis(1));
    }
  }

  @Override
  public void release(Side old, Side next) throws SQLException {
    run(
        "DELETE FROM mysql_servers WHERE hostgroup_id IN (10,20)",
        "INSERT INTO mysql_servers(hostgroup_id,hostname,port) VALUES (10,'127.0.0.1',%d),(20,'127.0.0.1',%d)"
            .formatted(next.server().port(), old.server().port()),
        "LOAD MYSQL SERVERS TO RUNTIME");
  }

  private int used(int port) throws SQLException {
    try (Statement statement = admin.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT ConnUsed FROM stats_mysql_connection_pool WHERE hostgroup=10 AND srv_port="
                    + port)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
