package dev.repli.route.proxysql;

import dev.repli.plan.Endpoint;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of {@code mysql_servers} or {@code runtime_mysql_servers}. */
record ServerRow(int hostgroup, String hostname, int port, String status, String settings) {
  static final String COLUMNS =
      "hostgroup_id,hostname,port,status,gtid_port,weight,compression,max_connections,"
          + "max_replication_lag,use_ssl,max_latency_ms,comment";

  private static final int WEIGHT = 1;
  private static final int MAX_CONNECTIONS = 3;

  static ServerRow read(ResultSet row) throws SQLException {
    StringBuilder settings = new StringBuilder();
    for (int column = 5; column <= 12; column++) {
      settings.append(row.getString(column)).append('\u001f');
    }
    return new ServerRow(
        row.getInt(1), row.getString(2), row.getInt(3), row.getString(4), settings.toString());
  }

  boolean is(Endpoint node) {
    return hostname.equals(node.host()) && port == node.port();
  }

  boolean isOnline() {
    return status.equals("ONLINE");
  }

  /** As the configuration would say it: being shunned is a passing state of the runtime only. */
  ServerRow configured() {
    return status.equals("SHUNNED")
        ? new ServerRow(hostgroup, hostname, port, "ONLINE", settings)
        : this;
  }

  /** The server and its settings, wherever it is and whatever its status. */
  ServerRow anywhere() {
    return new ServerRow(-1, hostname, port, "", settings);
  }

  /** Without the weight, which is the second of the settings. */
  ServerRow weightless() {
    return without(WEIGHT);
  }

  /** Without the limit of its connections. */
  ServerRow limitless() {
    return without(MAX_CONNECTIONS);
  }

  private ServerRow without(int setting) {
    String[] parts = settings.split("\u001f", -1);
    parts[setting] = "";
    return new ServerRow(hostgroup, hostname, port, status, String.join("\u001f", parts));
  }

  /** For people. */
  @Override
  public String toString() {
    return hostname + ":" + port + " " + status + " in " + hostgroup;
  }
}
