package dev.repli.comparison.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.comparison.TableName;
import dev.repli.lab.MariaDbServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/** A table of 20 000 rows, and a hundred ways in which a copy of it may differ. */
final class ManyRows {
  static final TableName NAME = new TableName("app", "many");
  static final int ROWS = 20_000;

  private ManyRows() {}

  static void make(MariaDbServer writer) {
    writer.run(
        false,
        "CREATE TABLE app.many (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL, amount"
            + " DECIMAL(10,2), changed TIMESTAMP(3) NULL) CHARACTER SET utf8mb4 COLLATE"
            + " utf8mb4_general_ci",
        "INSERT INTO app.many SELECT seq, CONCAT('name ', seq), seq / 7, '2026-01-01' FROM"
            + " app.seq_1_to_"
            + ROWS);
  }

  /**
   * 40 changed, 20 swapped in pairs, 30 deleted, 10 added, all with odd ids and on this node only.
   */
  static Set<String> plantDifferences(MariaDbServer replica) throws SQLException {
    Set<String> keys = new TreeSet<>();
    try (Connection there = replica.admin();
        Statement statement = there.createStatement()) {
      statement.execute("SET sql_log_bin = 0");
      for (int i = 1; i <= 40; i++) {
        change(
            there, "UPDATE app.many SET name = CONCAT(name, '!') WHERE id = ?", i * 100 + 1, keys);
      }
      for (int i = 1; i <= 10; i++) {
        int id = 5001 + i * 10;
        change(there, "UPDATE app.many SET name = 'name " + (id + 2) + "' WHERE id = ?", id, keys);
        change(there, "UPDATE app.many SET name = 'name " + id + "' WHERE id = ?", id + 2, keys);
      }
      for (int i = 1; i <= 30; i++) {
        change(there, "DELETE FROM app.many WHERE id = ?", 7001 + i * 100, keys);
      }
      for (int i = 1; i <= 10; i++) {
        change(
            there, "INSERT INTO app.many (id, name) VALUES (?, 'extra')", ROWS + 2 * i + 1, keys);
      }
    }
    assertThat(keys).hasSize(100);
    return keys;
  }

  private static void change(Connection there, String sql, int id, Set<String> keys)
      throws SQLException {
    try (PreparedStatement statement = there.prepareStatement(sql)) {
      statement.setInt(1, id);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
    keys.add("id=" + id);
  }
}
