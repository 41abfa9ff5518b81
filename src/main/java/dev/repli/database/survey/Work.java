package dev.repli.database.survey;

import java.time.Duration;
import java.util.List;

/**
 * Work in flight.
 *
 * @param preparedXa ids of prepared XA transactions
 */
public record Work(
    List<Session> sessions, List<Transaction> transactions, List<String> preparedXa) {
  public Work {
    sessions = List.copyOf(sessions);
    transactions = List.copyOf(transactions);
    preparedXa = List.copyOf(preparedXa);
  }

  /** Sessions of clients. */
  public List<Session> clients() {
    return sessions.stream().filter(Session::ofClient).toList();
  }

  /** An open InnoDB transaction of a client. */
  public record Transaction(Session session, Duration age, long rowsModified, long rowsLocked) {}
}
