package dev.repli.database.mysql;

import dev.repli.database.ActStatements;
import dev.repli.database.BinlogEnd;
import dev.repli.database.Position;
import dev.repli.database.jdbc.CommandLock;
import dev.repli.database.jdbc.ProbeTable;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** MySQL's own words for every act; 8.4 and newer. */
final class MySqlActs implements ActStatements {
  /**
   * MySQL has no anonymous blocks. It ends a long SLEEP soon after its client has gone, and would
   * fire too early; between short ones it does not look.
   */
  private static final String DEAD_MAN =
      "CREATE PROCEDURE repli_probe.dead_man(IN what VARCHAR(64), IN seconds DOUBLE, IN events BOOL)"
          + " SQL SECURITY INVOKER BEGIN"
          + " DECLARE due DATETIME(6) DEFAULT SYSDATE(6) + INTERVAL seconds * 1000000 MICROSECOND;"
          + " WHILE SYSDATE(6) < due DO DO SLEEP(0.02); END WHILE;"
          + " SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF;"
          + " IF events THEN SET GLOBAL event_scheduler = ON; END IF;"
          + " END";

  /** As on MariaDB: a session that lost its client has both locks or none. */
  @Override
  public List<String> takeCommand(String lockName, String installationId) {
    String own = quoted(CommandLock.ownName(lockName, installationId));
    return List.of("DO GET_LOCK(" + own + ", 0), GET_LOCK(" + quoted(lockName) + ", 0)");
  }

  @Override
  public List<String> armDeadMan(String lockName, Duration lease, boolean eventsOn) {
    return List.of(
        String.format(
            Locale.ROOT,
            "CALL repli_probe.dead_man(%s, %.3f, %s)",
            quoted(lockName),
            lease.toMillis() / 1000.0,
            eventsOn ? "TRUE" : "FALSE"));
  }

  @Override
  public List<String> cancelDeadMan(String lockName, String sessionId) {
    return endSession(sessionId);
  }

  @Override
  public List<String> fence(Duration lockWait, boolean eventsOn) {
    List<String> statements = new ArrayList<>();
    if (eventsOn) {
      statements.addAll(events(false));
    }
    long seconds = Math.max(1, (lockWait.toMillis() + 999) / 1000);
    statements.add("SET SESSION lock_wait_timeout = " + seconds);
    statements.add("SET GLOBAL super_read_only = ON");
    return statements;
  }

  @Override
  public List<String> open() {
    return List.of("SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
  }

  /** super_read_only stops every account; read_only, which stays, all but privileged ones. */
  @Override
  public List<String> admitImports() {
    return List.of("SET GLOBAL super_read_only = OFF");
  }

  @Override
  public List<String> events(boolean on) {
    return List.of("SET GLOBAL event_scheduler = " + (on ? "ON" : "OFF"));
  }

  @Override
  public List<String> enableEvents(Map<String, String> definers) {
    List<String> statements = new ArrayList<>(List.of("SET SESSION sql_log_bin = 0"));
    definers.forEach(
        (name, definer) ->
            statements.add(
                "ALTER DEFINER=%s EVENT %s ENABLE".formatted(account(definer), identifier(name))));
    statements.add("SET SESSION sql_log_bin = 1");
    return statements;
  }

  @Override
  public List<String> endSession(String sessionId) {
    return List.of("KILL " + sessionId);
  }

  @Override
  public List<String> stopReplication() {
    return List.of("STOP REPLICA");
  }

  @Override
  public List<String> startReplication() {
    return List.of("START REPLICA");
  }

  @Override
  public List<String> resetReplication() {
    return List.of("RESET REPLICA ALL");
  }

  /** The server knows its own position: auto-positioning sends its whole GTID set. */
  @Override
  public List<String> replicateFrom(Node source, Position own, String password) {
    boolean tls = source.tls() != Node.Tls.DISABLED;
    boolean verify = source.tls() == Node.Tls.VERIFY_FULL;
    String change =
        "CHANGE REPLICATION SOURCE TO SOURCE_HOST=%s, SOURCE_PORT=%d, SOURCE_USER=%s,"
            + " SOURCE_PASSWORD=%s, SOURCE_AUTO_POSITION=1, SOURCE_SSL=%d,"
            + " SOURCE_SSL_VERIFY_SERVER_CERT=%d, GET_SOURCE_PUBLIC_KEY=1, SOURCE_CONNECT_RETRY=1";
    return List.of(
        change.formatted(
            quoted(source.address().host()),
            source.address().port(),
            quoted(source.replication().user()),
            quoted(password),
            tls ? 1 : 0,
            verify ? 1 : 0),
        "START REPLICA");
  }

  @Override
  public List<String> follow(Node other, BinlogEnd from, String password) {
    boolean tls = other.tls() != Node.Tls.DISABLED;
    boolean verify = other.tls() == Node.Tls.VERIFY_FULL;
    String change =
        "CHANGE REPLICATION SOURCE TO SOURCE_HOST=%s, SOURCE_PORT=%d, SOURCE_USER=%s,"
            + " SOURCE_PASSWORD=%s, SOURCE_AUTO_POSITION=0, SOURCE_LOG_FILE=%s, SOURCE_LOG_POS=%d,"
            + " SOURCE_SSL=%d, SOURCE_SSL_VERIFY_SERVER_CERT=%d, GET_SOURCE_PUBLIC_KEY=1,"
            + " SOURCE_CONNECT_RETRY=1";
    return List.of(
        change.formatted(
            quoted(other.address().host()),
            other.address().port(),
            quoted(other.replication().user()),
            quoted(password),
            quoted(from.file()),
            from.offset(),
            tls ? 1 : 0,
            verify ? 1 : 0),
        "START REPLICA");
  }

  /** Each server counts its own transactions, so that a canary needs no history of its own. */
  @Override
  public List<String> canary(String run, String id) {
    return List.of(ProbeTable.insert(quoted(run), quoted(id)));
  }

  @Override
  public List<String> writersCanary(String run, String id) {
    return List.of(ProbeTable.insertUnlessFenced(quoted(run), quoted(id)));
  }

  @Override
  public List<String> forgetCanary(String run, String id) {
    return List.of(ProbeTable.delete(quoted(run), quoted(id)));
  }

  @Override
  public List<String> prepareProbe() {
    return ProbeTable.create("");
  }

  /** Not in the binary log: on super_read_only a replica of MariaDB stops with error 1193. */
  @Override
  public List<String> prepareDeadMan() {
    return List.of(
        "SET SESSION sql_log_bin = 0",
        "DROP PROCEDURE IF EXISTS repli_probe.dead_man",
        DEAD_MAN,
        "SET SESSION sql_log_bin = 1");
  }

  @Override
  public List<String> trimProbe(Duration olderThan) {
    return ProbeTable.trim(olderThan);
  }

  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static String account(String definer) {
    int at = definer.lastIndexOf('@');
    return at < 0
        ? definer
        : quoted(definer.substring(0, at)) + "@" + quoted(definer.substring(at + 1));
  }

  private static String identifier(String name) {
    int dot = name.indexOf('.');
    return "`%s`.`%s`"
        .formatted(
            name.substring(0, Math.max(0, dot)).replace("`", "``"),
            name.substring(dot + 1).replace("`", "``"));
  }
}
