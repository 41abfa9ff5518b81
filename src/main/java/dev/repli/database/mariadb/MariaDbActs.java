package dev.repli.database.mariadb;

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

/** MariaDB's own words for every act; the same on 10.11, 11.4 and 11.8. */
final class MariaDbActs implements ActStatements {
  /** GTID domain of canary rows; far from what people choose. */
  private static final long CANARY_DOMAIN = 3_141_592_653L;

  /**
   * Both locks in one statement, one's own first: a session that lost its client has both or none,
   * and never looks like a foreign Repli.
   */
  @Override
  public List<String> takeCommand(String lockName, String installationId) {
    String own = quoted(CommandLock.ownName(lockName, installationId));
    return List.of("DO GET_LOCK(" + own + ", 0), GET_LOCK(" + quoted(lockName) + ", 0)");
  }

  /**
   * One block that the server runs by itself to its end, client or no client. The lock's name in it
   * is for people who read the process list.
   */
  @Override
  public List<String> armDeadMan(String lockName, Duration lease, boolean eventsOn) {
    String seconds = String.format(Locale.ROOT, "%.3f", lease.toMillis() / 1000.0);
    return List.of(
        "BEGIN NOT ATOMIC DO %s, SLEEP(%s); SET GLOBAL read_only = OFF; %sEND"
            .formatted(
                quoted("dead-man's switch of " + lockName),
                seconds,
                eventsOn ? "SET GLOBAL event_scheduler = ON; " : ""));
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
    statements.add("SET SESSION lock_wait_timeout = " + wholeSeconds(lockWait));
    statements.add("SET GLOBAL read_only = ON");
    return statements;
  }

  @Override
  public List<String> open() {
    return List.of("SET GLOBAL read_only = OFF");
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
    return List.of("STOP SLAVE");
  }

  @Override
  public List<String> startReplication() {
    return List.of("START SLAVE");
  }

  @Override
  public List<String> resetReplication() {
    return List.of("RESET SLAVE ALL");
  }

  @Override
  public List<String> replicateFrom(Node source, Position own, String password) {
    boolean tls = source.tls() != Node.Tls.DISABLED;
    boolean verify = tls && source.tls() != Node.Tls.TRUST;
    // RESET SLAVE ALL keeps MASTER_SSL on 11.8, so that both are always said
    String change =
        "CHANGE MASTER TO MASTER_HOST=%s, MASTER_PORT=%d, MASTER_USER=%s, MASTER_PASSWORD=%s,"
            + " MASTER_USE_GTID=slave_pos, MASTER_SSL=%d, MASTER_SSL_VERIFY_SERVER_CERT=%d,"
            + " MASTER_CONNECT_RETRY=1";
    return List.of(
        "SET GLOBAL gtid_slave_pos = " + quoted(own.value()),
        change.formatted(
            quoted(source.address().host()),
            source.address().port(),
            quoted(source.replication().user()),
            quoted(password),
            tls ? 1 : 0,
            verify ? 1 : 0),
        "START SLAVE");
  }

  @Override
  public List<String> follow(Node other, BinlogEnd from, String password) {
    boolean tls = other.tls() != Node.Tls.DISABLED;
    boolean verify = tls && other.tls() != Node.Tls.TRUST;
    // by file and offset: the writer's own GTID position moves on while it is being said
    String change =
        "CHANGE MASTER TO MASTER_HOST=%s, MASTER_PORT=%d, MASTER_USER=%s, MASTER_PASSWORD=%s,"
            + " MASTER_USE_GTID=no, MASTER_LOG_FILE=%s, MASTER_LOG_POS=%d, MASTER_SSL=%d,"
            + " MASTER_SSL_VERIFY_SERVER_CERT=%d, MASTER_CONNECT_RETRY=1";
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
        "START SLAVE");
  }

  @Override
  public List<String> canary(String run, String id) {
    return apart(ProbeTable.insert(quoted(run), quoted(id)));
  }

  @Override
  public List<String> writersCanary(String run, String id) {
    return apart(ProbeTable.insertUnlessFenced(quoted(run), quoted(id)));
  }

  @Override
  public List<String> forgetCanary(String run, String id) {
    return apart(ProbeTable.delete(quoted(run), quoted(id)));
  }

  /** In the canary's own GTID domain. */
  private static List<String> apart(String statement) {
    return List.of(
        "SET SESSION gtid_domain_id = " + CANARY_DOMAIN,
        statement,
        "SET SESSION gtid_domain_id = @@GLOBAL.gtid_domain_id");
  }

  @Override
  public List<String> prepareProbe() {
    return ProbeTable.create("(@@server_id)");
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

  /** {@code schema.event} with both parts quoted. */
  private static String identifier(String name) {
    int dot = name.indexOf('.');
    if (dot < 1) {
      throw new IllegalArgumentException("an event is named schema.event, not " + name);
    }
    return "`%s`.`%s`"
        .formatted(
            name.substring(0, dot).replace("`", "``"), name.substring(dot + 1).replace("`", "``"));
  }

  /** lock_wait_timeout knows whole seconds; less than one would not wait at all. */
  private static long wholeSeconds(Duration wait) {
    return wait.isZero() ? 0 : Math.max(1, (wait.toMillis() + 999) / 1000);
  }
}
