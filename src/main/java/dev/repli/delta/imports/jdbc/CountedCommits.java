package dev.repli.delta.imports.jdbc;

import dev.repli.plan.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How many transactions Repli has written on a MySQL, where they have ids like any other: without
 * that number nobody could say whether somebody else has written there, too. It is written in the
 * same transaction that it counts, together with what the server had when the counting began.
 */
final class CountedCommits {
  /** Behind an import's id: decisions of people are counted apart, so that neither waits. */
  static final String DECISIONS = "/decisions";

  private static final String KNOWN =
      "SELECT commits, begun FROM repli_probe.delta_commits WHERE id = ? FOR UPDATE";

  /** Waits for another that is the first, too: where there is no row, none can be locked. */
  private static final String BEGIN =
      "INSERT IGNORE INTO repli_probe.delta_commits (id, commits, begun)"
          + " VALUES (?, 0, @@GLOBAL.gtid_executed)";

  private static final String KEEP =
      "REPLACE INTO repli_probe.delta_commits (id, commits, begun) VALUES (?, ?, ?)";

  private record Known(long commits, String begun) {}

  private final Connection connection;
  private final boolean counts;

  CountedCommits(Node node, Connection connection) {
    this.connection = connection;
    this.counts = node.kind() == Node.Kind.MYSQL;
  }

  /** The transaction that is open is one more of these. */
  void count(String id) throws SQLException {
    if (!counts) {
      return;
    }
    Optional<Known> known = locked(id);
    if (known.isEmpty()) {
      begin(id);
      known = locked(id);
    }
    Known now = known.orElseThrow(() -> new SQLException("repli_probe.delta_commits lost " + id));
    try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
      keep.setString(1, id);
      keep.setLong(2, now.commits + 1);
      keep.setString(3, now.begun);
      keep.executeUpdate();
    }
  }

  private Optional<Known> locked(String id) throws SQLException {
    try (PreparedStatement known = connection.prepareStatement(KNOWN)) {
      known.setString(1, id);
      try (ResultSet row = known.executeQuery()) {
        return row.next()
            ? Optional.of(new Known(row.getLong(1), row.getString(2)))
            : Optional.empty();
      }
    }
  }

  private void begin(String id) throws SQLException {
    try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
      begin.setString(1, id);
      begin.executeUpdate();
    }
  }
}
