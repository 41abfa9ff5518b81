package dev.repli.delta.imports.jdbc;

import dev.repli.plan.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * How many transactions Repli has written on a MySQL, where they have ids like any other: without
 * that number nobody could say whether somebody else has written there, too. It is written in the
 * same transaction that it counts, together with what the server had when the counting began.
 */
final class CountedCommits {
  /** Behind an import's id: decisions of people are counted apart, so that neither waits. */
  static final String DECISIONS = "/decisions";

  private static final String COUNT =
      "REPLACE INTO repli_probe.delta_commits (id, commits, begun)"
          + " SELECT ?, COALESCE(MAX(commits), 0) + 1, COALESCE(MAX(begun), @@GLOBAL.gtid_executed)"
          + " FROM repli_probe.delta_commits WHERE id = ? FOR UPDATE";

  private final Connection connection;
  private final boolean counts;

  CountedCommits(Node node, Connection connection) {
    this.connection = connection;
    this.counts = node.kind() == Node.Kind.MYSQL;
  }

  /** The transaction that is open is one more of these. */
  void count(String id) throws SQLException {
    if (counts) {
      try (PreparedStatement more = connection.prepareStatement(COUNT)) {
        more.setString(1, id);
        more.setString(2, id);
        more.executeUpdate();
      }
    }
  }
}
