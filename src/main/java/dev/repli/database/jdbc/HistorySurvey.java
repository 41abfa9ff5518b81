package dev.repli.database.jdbc;

import dev.repli.database.survey.History;
import dev.repli.database.survey.History.BinaryLog;
import dev.repli.database.survey.History.Reader;
import java.util.ArrayList;
import java.util.List;

/** The binary log and who reads it. */
public final class HistorySurvey {
  private final String state;
  private final String status;
  private final String readers;

  /**
   * @param state variable with every origin's newest number
   * @param status statement with the binary log's filters in columns 3 and 4
   * @param readers statement that lists replicas: server id, host, then port in a column Port
   */
  public HistorySurvey(String state, String status, String readers) {
    this.state = state;
    this.status = status;
    this.readers = readers;
  }

  public History read(SqlLink link) {
    String now = link.text("reading the history", "SELECT @@GLOBAL." + state).orElse("");
    List<BinaryLog> logs =
        link.rows(
            "listing binary logs",
            "SHOW BINARY LOGS",
            row -> new BinaryLog(row.getString(1), row.getLong(2)));
    List<String> filters = new ArrayList<>();
    var unused =
        link.rows(
            "reading the binary log's filters",
            status,
            row -> {
              add(filters, "binlog_do_db", row.getString(3));
              add(filters, "binlog_ignore_db", row.getString(4));
              return row;
            });
    List<Reader> registered =
        link.rows(
            "listing replicas",
            readers,
            row -> new Reader(row.getLong(1), row.getString(2), row.getInt("Port")));
    return new History(now.replaceAll("\\s", ""), logs, filters, registered);
  }

  private static void add(List<String> filters, String name, String value) {
    if (value != null && !value.isBlank()) {
      filters.add(name + "=" + value);
    }
  }
}
