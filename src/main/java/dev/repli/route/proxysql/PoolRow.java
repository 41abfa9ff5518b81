package dev.repli.route.proxysql;

import dev.repli.plan.Endpoint;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A server as ProxySQL works with it now.
 *
 * @param used its connections that sessions use
 * @param free its connections that are kept ready
 */
record PoolRow(String hostname, int port, String status, int used, int free) {
  static final String COLUMNS = "srv_host,srv_port,status,ConnUsed,ConnFree";

  static PoolRow read(ResultSet row) throws SQLException {
    return new PoolRow(
        row.getString(1), row.getInt(2), row.getString(3), row.getInt(4), row.getInt(5));
  }

  boolean is(Endpoint node) {
    return hostname.equals(node.host()) && port == node.port();
  }

  boolean isGivenOut() {
    return status.equals("ONLINE");
  }
}
