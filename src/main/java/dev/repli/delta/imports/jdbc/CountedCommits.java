package dev.repli.delta.imports.jdbc;

import dev.repli.plan.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

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

  private static final String KEEP =
      "REPLACE INTO repli_probe.delta_commits (id, commits, begun)"
          + " VALUES (?, ?, COALESCE(?, @@GLOBAL.gtid_executed))";

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
    long commits = 1;
    String begun = null;
    try (PreparedStatement known = connection.prepareStatement(KNOWN)) {
      known.setString(1, id);
      try (ResultSet row = known.executeQuery()) {
        if (row.next()) {
          commits = row.getLong(1) + 1;
          begun = row.getString(2);
        }
      }
    }
    try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
      keep.setString(1, id);
      keep.setLong(2, commits);
      keep.setString(3, begun);
      keep.executeUpdate();
    }
  }
}
