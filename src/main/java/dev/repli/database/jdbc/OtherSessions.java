package dev.repli.database.jdbc;

import dev.repli.database.ActStatements;
import dev.repli.database.NodeSession.Client;
import dev.repli.database.NodeSession.Fence.Blocker;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Other people's sessions: who writes, who is in the way, who has to go. */
final class OtherSessions {
  private static final int NO_SUCH_SESSION = 1094;

  /** All but the server's own threads, replicas, and Repli's account. */
  private static final String APPLICATIONS =
      " p.user NOT IN ('system user', 'event_scheduler', 'unauthenticated user', ?, ?)"
          + " AND p.command NOT IN"
          + " ('Binlog Dump', 'Binlog Dump GTID', 'Daemon', 'Slave_IO', 'Slave_SQL', 'Slave_worker')";

  private static final String BLOCKER =
      "SELECT DISTINCT p.id, p.user, p.host, %s AS age, COALESCE(p.info, p.command)"
          + " FROM information_schema.processlist p ";

  private final SqlLink link;
  private final ActStatements acts;
  private final Dialect dialect;

  OtherSessions(SqlLink link, Dialect dialect) {
    this.link = link;
    this.dialect = dialect;
    this.acts = dialect.acts();
  }

  static void end(SqlLink link, ActStatements acts, String doing, String session) {
    for (String statement : acts.endSession(session)) {
      try {
        link.execute(statement, "");
      } catch (SQLException e) {
        if (e.getErrorCode() != NO_SUCH_SESSION) {
          throw link.failure(doing, e, "");
        }
      }
    }
  }

  void end(long session) {
    end(link, acts, "ending session " + session, Long.toString(session));
  }

  List<String> endApplications() {
    String doing = "ending application sessions";
    record Session(String id, String who) {}
    List<Session> found =
        link.rows(
            doing,
            "SELECT p.id, CONCAT(p.user, '@', p.host) FROM information_schema.processlist p WHERE"
                + APPLICATIONS,
            row -> new Session(row.getString(1), row.getString(2)),
            own(),
            replication());
    found.forEach(session -> end(link, acts, doing, session.id));
    return found.stream().map(Session::who).toList();
  }

  List<Client> clients() {
    return link.rows(
        "listing application sessions",
        "SELECT p.id, p.user, SUBSTRING_INDEX(p.host, ':', 1), p.time,"
            + " COALESCE(p.info, p.command) FROM information_schema.processlist p WHERE"
            + APPLICATIONS
            + " ORDER BY p.user, p.host",
        row ->
            new Client(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Duration.ofSeconds(row.getLong(4)),
                shortened(row.getString(5))),
        own(),
        replication());
  }

  List<String> openTransactions() {
    return link.texts("listing open transactions", "", List.of(askOpenTransactions())).get(0);
  }

  SqlLink.Query askOpenTransactions() {
    return SqlLink.Query.of(
        "SELECT CONCAT(p.user, '@', p.host) FROM information_schema.innodb_trx t"
            + " JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id"
            + " WHERE t.trx_rows_modified > 0 AND"
            + APPLICATIONS,
        own(),
        replication());
  }

  /**
   * Who holds what {@code SET GLOBAL read_only} waits for. Known exactly where the server keeps
   * account of metadata locks; elsewhere those are named who run something that may write.
   */
  List<Blocker> blockers() {
    String doing = "looking for who is in the way of the fence";
    List<Blocker> holders =
        link.rows(
            doing,
            blocker()
                + "JOIN performance_schema.threads t ON t.processlist_id = p.id"
                + " JOIN performance_schema.metadata_locks m ON m.owner_thread_id = t.thread_id"
                + " WHERE m.object_type = '"
                + dialect.fencedLock()
                + "' AND m.lock_status = 'GRANTED' AND"
                + APPLICATIONS,
            OtherSessions::blocker,
            own(),
            replication());
    if (!holders.isEmpty()) {
      return holders;
    }
    return link.rows(
        doing,
        blocker()
            + "WHERE p.command IN ('Query', 'Execute') AND p.state <> 'Waiting for backup lock'"
            + " AND (p.info NOT LIKE 'SELECT%' OR p.info LIKE '%FOR UPDATE%') AND"
            + APPLICATIONS,
        OtherSessions::blocker,
        own(),
        replication());
  }

  private String blocker() {
    return BLOCKER.formatted(dialect.sessionAgeMillis());
  }

  private static Blocker blocker(ResultSet row) throws SQLException {
    return new Blocker(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        Duration.ofMillis(Math.round(row.getDouble(4))),
        shortened(row.getString(5)));
  }

  private static String shortened(String statement) {
    return statement.length() > 200 ? statement.substring(0, 200) + "…" : statement;
  }

  private String own() {
    return link.node().account().user();
  }

  private String replication() {
    return link.node().replication().user();
  }
}
