package dev.repli.delta.imports.jdbc;

import dev.repli.plan.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an import needs of a session and of the node. */
final class Setup {
  private static final String TEXT = " ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

  private static final Map<String, String> TABLES =
      Map.of(
          "delta_import",
          "CREATE TABLE IF NOT EXISTS repli_probe.delta_import ("
              + "id VARCHAR(120) NOT NULL PRIMARY KEY, position_kind VARCHAR(20) NOT NULL,"
              + " position TEXT NOT NULL, file VARCHAR(512) NOT NULL, file_offset BIGINT NOT NULL,"
              + " extracted BIGINT NOT NULL, applied BIGINT NOT NULL, already_there BIGINT NOT NULL,"
              + " abandoned BIGINT NOT NULL, held BIGINT NOT NULL, keeps_gtids BOOLEAN NOT NULL,"
              + " written_at DATETIME(6) NOT NULL)"
              + TEXT,
          "delta_decision",
          "CREATE TABLE IF NOT EXISTS repli_probe.delta_decision ("
              + "import_id VARCHAR(120) NOT NULL, group_no BIGINT NOT NULL,"
              + " through_no BIGINT NOT NULL, answer VARCHAR(20) NOT NULL,"
              + " decided_by VARCHAR(64) NOT NULL, rule_id VARCHAR(64) NOT NULL,"
              + " decided_at DATETIME(3) NOT NULL,"
              + " PRIMARY KEY (import_id, group_no, through_no))"
              + TEXT);

  private static final String COMMITS =
      "CREATE TABLE IF NOT EXISTS repli_probe.delta_commits ("
          + "id VARCHAR(160) NOT NULL PRIMARY KEY, commits BIGINT NOT NULL, begun LONGTEXT NOT NULL)"
          + TEXT;

  /** Tables that Repli keeps on a node that it imports into, and how each is made. */
  static Map<String, String> tables(Node.Kind kind) {
    Map<String, String> tables = new TreeMap<>(TABLES);
    if (kind == Node.Kind.MYSQL) {
      tables.put("delta_commits", COMMITS);
    }
    return tables;
  }

  private Setup() {}

  /**
   * Nothing is made to fit silently, zero dates and a zero in an auto-increment column stay as they
   * are, checks stay on.
   */
  static List<String> session(Node.Kind kind) {
    List<String> session =
        new ArrayList<>(
            List.of(
                "SET NAMES utf8mb4 COLLATE utf8mb4_bin",
                "SET SESSION time_zone = '+00:00',"
                    + " sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES',"
                    + " foreign_key_checks = 1, unique_checks = 1, innodb_lock_wait_timeout = 30,"
                    + " lock_wait_timeout = 30, wait_timeout = 28800",
                "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"));
    if (kind == Node.Kind.MARIADB) {
      session.add("SET SESSION check_constraint_checks = 1, max_statement_time = 0");
    }
    return session;
  }
}
