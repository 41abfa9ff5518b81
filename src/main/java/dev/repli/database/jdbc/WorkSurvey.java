package dev.repli.database.jdbc;

import dev.repli.database.survey.Session;
import dev.repli.database.survey.Work;
import dev.repli.database.survey.Work.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sessions, open transactions, prepared XA; the same words on MariaDB and MySQL. */
public final class WorkSurvey {
  private static final String SESSIONS =
      "SELECT id, user, host, IFNULL(db, ''), command, IFNULL(time, 0), IFNULL(state, ''),"
          + " IFNULL(LEFT(info, 300), ''), user = ? FROM information_schema.processlist"
          + " WHERE id <> CONNECTION_ID()";
  private static final String TRANSACTIONS =
      "SELECT trx_mysql_thread_id, TIMESTAMPDIFF(SECOND, trx_started, NOW()), trx_rows_modified,"
          + " trx_rows_locked FROM information_schema.innodb_trx";

  private WorkSurvey() {}

  public static Work read(SqlLink link) {
    List<Session> sessions = sessions(link);
    Map<Long, Session> byId =
        sessions.stream().collect(Collectors.toMap(Session::id, Function.identity(), (a, b) -> a));
    return new Work(sessions, transactions(link, byId), preparedXa(link));
  }

  private static List<Session> sessions(SqlLink link) {
    return link.rows(
        "listing sessions",
        SESSIONS,
        row ->
            new Session(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Duration.ofSeconds(row.getLong(6)),
                row.getString(7),
                row.getString(8),
                row.getBoolean(9)),
        link.node().account().user());
  }

  /** Those of clients; one that began since the sessions were listed is left out. */
  private static List<Transaction> transactions(SqlLink link, Map<Long, Session> byId) {
    return link
        .rows(
            "listing open transactions",
            TRANSACTIONS,
            row -> transaction(byId.get(row.getLong(1)), row))
        .stream()
        .flatMap(Optional::stream)
        .filter(transaction -> transaction.session().ofClient())
        .toList();
  }

  private static Optional<Transaction> transaction(@Nullable Session session, ResultSet row)
      throws SQLException {
    return session == null
        ? Optional.empty()
        : Optional.of(
            new Transaction(
                session, Duration.ofSeconds(row.getLong(2)), row.getLong(3), row.getLong(4)));
  }

  private static List<String> preparedXa(SqlLink link) {
    return link.rows(
        "looking for prepared XA transactions", "XA RECOVER", row -> row.getString("data"));
  }
}
