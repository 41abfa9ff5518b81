package dev.repli.delta.imports.jdbc;

import dev.repli.plan.Node;
import java.util.ArrayList;
import java.util.List;

/** What an import needs of a session and of the node. */
final class Setup {
  static final String CHECKPOINTS_THERE =
      "SELECT COUNT(*) FROM information_schema.tables"
          + " WHERE table_schema = 'repli_probe'"
          + " AND table_name IN ('delta_import', 'delta_decision')";

  /** How many tables {@link #CHECKPOINTS} makes. */
  static final int TABLES = 2;

  static final List<String> CHECKPOINTS =
      List.of(
          "CREATE DATABASE IF NOT EXISTS repli_probe",
          "CREATE TABLE IF NOT EXISTS repli_probe.delta_import ("
              + "id VARCHAR(120) NOT NULL PRIMARY KEY, position_kind VARCHAR(20) NOT NULL,"
              + " position TEXT NOT NULL, file VARCHAR(512) NOT NULL, file_offset BIGINT NOT NULL,"
              + " extracted BIGINT NOT NULL, applied BIGINT NOT NULL, already_there BIGINT NOT NULL,"
              + " abandoned BIGINT NOT NULL, held BIGINT NOT NULL, keeps_gtids BOOLEAN NOT NULL,"
              + " written_at DATETIME(6) NOT NULL)"
              + " ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
          "CREATE TABLE IF NOT EXISTS repli_probe.delta_decision ("
              + "import_id VARCHAR(120) NOT NULL, group_no BIGINT NOT NULL,"
              + " through_no BIGINT NOT NULL, answer VARCHAR(20) NOT NULL,"
              + " decided_by VARCHAR(64) NOT NULL, rule_id VARCHAR(64) NOT NULL,"
              + " decided_at DATETIME(3) NOT NULL,"
              + " PRIMARY KEY (import_id, group_no, through_no))"
              + " ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");

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
