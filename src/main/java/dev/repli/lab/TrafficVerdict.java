package dev.repli.lab;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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

  /**
   * Reads all orders on the new writer and compares.
   *
   * @param newWriter a connection to it, not through the route
   * @param newServerId its {@code server_id}
   */
  static TrafficVerdict of(ClientLog.Snapshot log, Connection newWriter, long newServerId)
      throws SQLException {
    return of(log, OrderRows.on(newWriter), newServerId);
  }

  /** The same with orders that were read already. */
  static TrafficVerdict of(ClientLog.Snapshot log, OrderRows rows, long newServerId) {
    int lost = 0;
    long lastByOld = Long.MIN_VALUE;
    long firstByNew = Long.MAX_VALUE;
    for (int i = 0; i < log.size(); i++) {
      Optional<Long> by = rows.writtenBy(log.id(i));
      if (by.isEmpty()) {
        lost++;
      } else if (by.get() == newServerId) {
        firstByNew = Math.min(firstByNew, log.time(i));
      } else {
        lastByOld = Math.max(lastByOld, log.time(i));
      }
    }
    Optional<Duration> outage =
        lastByOld == Long.MIN_VALUE || firstByNew == Long.MAX_VALUE
            ? Optional.empty()
            : Optional.of(Duration.ofNanos(Math.max(0, firstByNew - lastByOld)));
    return new TrafficVerdict(
        log.size(), lost, rows.duplicated(), rows.size() - (log.size() - lost), outage);
  }

  /** Nothing lost and nothing twice. */
  boolean sound() {
    return lost == 0 && duplicated == 0;
  }
}
