package dev.repli.database.jdbc;

import dev.repli.database.survey.Channel;
import dev.repli.plan.Endpoint;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Incoming replication, whatever its columns are called in this release. */
public final class ChannelSurvey {
  private final String statement;

  /**
   * @param statement that answers one row for each channel
   */
  public ChannelSurvey(String statement) {
    this.statement = statement;
  }

  public List<Channel> read(SqlLink link) {
    return link.rows("looking at replication", statement, row -> channel(columns(row)));
  }

  /** Names in lower case, with the older words: master and slave. */
  private static Map<String, String> columns(ResultSet row) throws SQLException {
    Map<String, String> columns = new HashMap<>();
    ResultSetMetaData names = row.getMetaData();
    for (int i = 1; i <= names.getColumnCount(); i++) {
      String name =
          names
              .getColumnLabel(i)
              .toLowerCase(Locale.ROOT)
              .replace("source_", "master_")
              .replace("replica_", "slave_");
      String value = row.getString(i);
      columns.put(name, value == null ? "" : value);
    }
    return columns;
  }

  private static Channel channel(Map<String, String> row) {
    return new Channel(
        row.getOrDefault("connection_name", row.getOrDefault("channel_name", "")),
        new Endpoint(row.getOrDefault("master_host", ""), number(row, "master_port")),
        row.getOrDefault("master_user", ""),
        "Yes".equals(row.get("slave_io_running")),
        "Yes".equals(row.get("slave_sql_running")),
        number(row, "master_server_id"),
        gtid(row),
        "Yes".equals(row.get("master_ssl_allowed")),
        "Yes".equals(row.get("master_ssl_verify_server_cert")),
        number(row, "sql_delay"),
        number(row, "last_io_errno"),
        row.getOrDefault("last_io_error", ""),
        number(row, "last_sql_errno"),
        row.getOrDefault("last_sql_error", ""),
        filters(row));
  }

  /** MySQL says it by a switch, MariaDB by the name of the position. */
  private static String gtid(Map<String, String> row) {
    String mysql = "1".equals(row.get("auto_position")) ? "Auto_Position" : "No";
    return row.getOrDefault("using_gtid", mysql);
  }

  private static Map<String, String> filters(Map<String, String> row) {
    Map<String, String> filters = new TreeMap<>();
    row.forEach(
        (name, value) -> {
          boolean filter =
              name.startsWith("replicate_") && !name.equals("replicate_annotate_row_events");
          if (filter && !value.isBlank()) {
            filters.put(name, value);
          }
        });
    return filters;
  }

  private static int number(Map<String, String> row, String name) {
    String value = row.getOrDefault(name, "");
    return value.isBlank() ? 0 : (int) Long.parseLong(value);
  }
}
