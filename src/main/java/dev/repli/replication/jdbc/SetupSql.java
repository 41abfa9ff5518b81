package dev.repli.replication.jdbc;

import dev.repli.database.Position;
import dev.repli.plan.Node;
import java.util.ArrayList;
import java.util.List;

/** Every statement of a set-up that changes something: sent by one server, printed by the other. */
final class SetupSql {
  private static final String LOCAL = "SET SESSION sql_log_bin = 0";
  private static final String LOGGED = "SET SESSION sql_log_bin = 1";

  /** Name of a connection beside the target's own, which only tries. */
  static final String TRIAL = "repli_trial";

  private SetupSql() {}

  /** Not in the binary log: the other node's account of this name is its own affair. */
  static List<String> createReplicationAccount(String user, String password, Node.Tls tls) {
    String encrypted = tls == Node.Tls.DISABLED ? "" : " REQUIRE SSL";
    String name = quoted(user) + "@'%'";
    return List.of(
        LOCAL,
        "CREATE USER IF NOT EXISTS " + name + " IDENTIFIED BY " + quoted(password) + encrypted,
        "GRANT REPLICATION SLAVE ON *.* TO " + name,
        LOGGED);
  }

  static List<String> tryReplication(Node source, Position from, String password) {
    return List.of(
        "CHANGE MASTER " + quoted(TRIAL) + " TO " + address(source, password) + from(from),
        "START SLAVE " + quoted(TRIAL) + " IO_THREAD");
  }

  static String trialStatus() {
    return "SHOW SLAVE " + quoted(TRIAL) + " STATUS";
  }

  static List<String> forgetTrial() {
    return List.of("STOP SLAVE " + quoted(TRIAL), "RESET SLAVE " + quoted(TRIAL) + " ALL");
  }

  static List<String> end(String session) {
    return List.of("KILL " + session);
  }

  static List<String> quiet() {
    return List.of("SET GLOBAL event_scheduler = OFF");
  }

  static List<String> fence() {
    return List.of("SET GLOBAL read_only = ON");
  }

  static List<String> silence(String definer, String schema, String event) {
    return List.of(
        LOCAL,
        "ALTER DEFINER=%s EVENT %s.%s DISABLE ON SLAVE"
            .formatted(account(definer), name(schema), name(event)),
        LOGGED);
  }

  static List<String> follow(Node source, Position start, String password) {
    List<String> statements = new ArrayList<>();
    if (start.kind() == Position.Kind.MARIADB_GTID) {
      statements.add("SET GLOBAL gtid_slave_pos = " + quoted(start.value()));
    }
    statements.add("CHANGE MASTER TO " + address(source, password) + from(start));
    statements.add(startReplica());
    return statements;
  }

  static String startReplica() {
    return "START SLAVE";
  }

  static List<String> forgetSource() {
    return List.of("STOP SLAVE", "RESET SLAVE ALL");
  }

  /** The character set and its collation are both said: the defaults of two releases differ. */
  static List<String> beat(String run) {
    return List.of(
        "CREATE DATABASE IF NOT EXISTS repli_probe CHARACTER SET ascii COLLATE ascii_bin",
        "CREATE TABLE IF NOT EXISTS repli_probe.heartbeat (run VARCHAR(120) NOT NULL PRIMARY KEY,"
            + " written_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)) ENGINE=InnoDB"
            + " CHARACTER SET ascii COLLATE ascii_bin",
        "REPLACE INTO repli_probe.heartbeat (run) VALUES (" + quoted(run) + ")");
  }

  /** RESET SLAVE ALL keeps MASTER_SSL and its check on 11.8, so that both are always said. */
  private static String address(Node source, String password) {
    boolean tls = source.tls() != Node.Tls.DISABLED;
    boolean verify = tls && source.tls() != Node.Tls.TRUST;
    return ("MASTER_HOST=%s, MASTER_PORT=%d, MASTER_USER=%s, MASTER_PASSWORD=%s, MASTER_SSL=%d,"
            + " MASTER_SSL_VERIFY_SERVER_CERT=%d, MASTER_CONNECT_RETRY=1, ")
        .formatted(
            quoted(source.address().host()),
            source.address().port(),
            quoted(source.replication().user()),
            quoted(password),
            tls ? 1 : 0,
            verify ? 1 : 0);
  }

  private static String from(Position start) {
    if (start.kind() == Position.Kind.MARIADB_GTID) {
      return "MASTER_USE_GTID=slave_pos";
    }
    int colon = start.value().lastIndexOf(':');
    return "MASTER_LOG_FILE=%s, MASTER_LOG_POS=%s, MASTER_USE_GTID=no"
        .formatted(quoted(start.value().substring(0, colon)), start.value().substring(colon + 1));
  }

  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static String account(String definer) {
    int at = definer.lastIndexOf('@');
    return quoted(definer.substring(0, at)) + "@" + quoted(definer.substring(at + 1));
  }

  private static String name(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }
}
