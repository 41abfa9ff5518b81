package dev.repli.lab;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The client's log against what is on the new writer.
 *
 * @param acknowledged writes that the client was told are done
 * @param lost acknowledged, and not on the new writer
 * @param duplicated orders that are there more than once
 * @param unacknowledged orders that are there although the client never got an answer
 * @param outage last acknowledgement by the old writer to the first by the new one; empty when one
 *     of them never acknowledged anything
 */
record TrafficVerdict(
    int acknowledged, int lost, int duplicated, int unacknowledged, Optional<Duration> outage) {

  private record Row(int count, long writtenBy) {}

  /**
   * Reads all orders on the new writer and compares.
   *
   * @param newWriter a connection to it, not through the route
   * @param newServerId its {@code server_id}
   */
  static TrafficVerdict of(ClientLog.Snapshot log, Connection newWriter, long newServerId)
      throws SQLException {
    Map<Long, Row> rows = read(newWriter);
    int lost = 0;
    long lastByOld = Long.MIN_VALUE;
    long firstByNew = Long.MAX_VALUE;
    for (int i = 0; i < log.size(); i++) {
      Row row = rows.get(log.id(i));
      if (row == null) {
        lost++;
      } else if (row.writtenBy() == newServerId) {
        firstByNew = Math.min(firstByNew, log.time(i));
      } else {
        lastByOld = Math.max(lastByOld, log.time(i));
      }
    }
    int duplicated = (int) rows.values().stream().filter(row -> row.count() > 1).count();
    Optional<Duration> outage =
        lastByOld == Long.MIN_VALUE || firstByNew == Long.MAX_VALUE
            ? Optional.empty()
            : Optional.of(Duration.ofNanos(Math.max(0, firstByNew - lastByOld)));
    return new TrafficVerdict(
        log.size(), lost, duplicated, rows.size() - (log.size() - lost), outage);
  }

  private static Map<Long, Row> read(Connection writer) throws SQLException {
    Map<Long, Row> rows = new HashMap<>();
    try (Statement statement = writer.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT order_id, COUNT(*), MIN(written_by) FROM app.orders GROUP BY order_id")) {
      while (found.next()) {
        rows.put(found.getLong(1), new Row(found.getInt(2), found.getLong(3)));
      }
    }
    return rows;
  }

  /** Nothing lost and nothing twice. */
  boolean sound() {
    return lost == 0 && duplicated == 0;
  }
}
