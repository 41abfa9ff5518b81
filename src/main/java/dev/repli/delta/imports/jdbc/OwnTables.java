package dev.repli.delta.imports.jdbc;

import dev.repli.plan.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes what Repli keeps on a node that it imports into. */
final class OwnTables {
  /** Of a MySQL with super_read_only: one that only looks goes on, others fail when they write. */
  private static final int READ_ONLY = 1290;

  private static final String SCHEMA_THERE =
      "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'repli_probe'";

  private OwnTables() {}

  /** What is missing. Only statements that change something are sent: MySQL counts each of them. */
  static void make(Node.Kind kind, Statement statement) throws SQLException {
    List<String> missing = missing(kind, statement);
    if (missing.isEmpty()) {
      return;
    }
    try {
      String before = kind == Node.Kind.MYSQL ? history(statement) : "";
      for (String sql : missing) {
        statement.execute(sql);
      }
      if (kind == Node.Kind.MYSQL) {
        // itself is one of them
        statement.execute(
            "REPLACE INTO repli_probe.delta_commits VALUES ('setup', %d, '%s')"
                .formatted(missing.size() + 1, before));
      }
    } catch (SQLException e) {
      if (e.getErrorCode() != READ_ONLY || kind != Node.Kind.MYSQL) {
        throw e;
      }
    }
  }

  private static List<String> missing(Node.Kind kind, Statement statement) throws SQLException {
    List<String> missing = new ArrayList<>();
    if (count(statement, SCHEMA_THERE) == 0) {
      missing.add("CREATE DATABASE IF NOT EXISTS repli_probe");
    }
    for (Map.Entry<String, String> table : Setup.tables(kind).entrySet()) {
      String there =
          "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'repli_probe'"
              + " AND table_name = '%s'".formatted(table.getKey());
      if (count(statement, there) == 0) {
        missing.add(table.getValue());
      }
    }
    return missing;
  }

  private static int count(Statement statement, String sql) throws SQLException {
    try (ResultSet found = statement.executeQuery(sql)) {
      return found.next() ? found.getInt(1) : 0;
    }
  }

  private static String history(Statement statement) throws SQLException {
    try (ResultSet set = statement.executeQuery("SELECT @@GLOBAL.gtid_executed")) {
      return set.next() ? String.valueOf(set.getString(1)) : "";
    }
  }
}
