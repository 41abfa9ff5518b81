package dev.repli.delta.imports.jdbc;

import dev.repli.plan.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes what Repli keeps on a node that it imports into. */
final class OwnTables {
  private static final String SCHEMA_THERE =
      "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'repli_probe'";

  private static final String TABLES_THERE =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'repli_probe'";

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
      // one that only looks goes on, others fail when they write
      if (e.getErrorCode() != FencedRead.REFUSED || kind != Node.Kind.MYSQL) {
        throw e;
      }
    }
  }

  private static List<String> missing(Node.Kind kind, Statement statement) throws SQLException {
    Map<String, String> tables = Setup.tables(kind);
    Set<String> there = new HashSet<>();
    try (ResultSet found = statement.executeQuery(TABLES_THERE)) {
      while (found.next()) {
        there.add(found.getString(1));
      }
    }
    List<String> missing = new ArrayList<>();
    if (there.isEmpty() && !isSchemaThere(statement)) {
      missing.add("CREATE DATABASE IF NOT EXISTS repli_probe");
    }
    tables.forEach(
        (name, make) -> {
          if (!there.contains(name)) {
            missing.add(make);
          }
        });
    return missing;
  }

  private static boolean isSchemaThere(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery(SCHEMA_THERE)) {
      return found.next() && found.getInt(1) == 1;
    }
  }

  private static String history(Statement statement) throws SQLException {
    try (ResultSet set = statement.executeQuery("SELECT @@GLOBAL.gtid_executed")) {
      return set.next() ? String.valueOf(set.getString(1)) : "";
    }
  }
}
