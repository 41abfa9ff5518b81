package dev.repli.journal.jdbc;

import dev.repli.journal.JournalException;
import dev.repli.journal.Link;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One transaction of appends: tried again when another writer was faster, found out when the answer
 * to its commit was lost.
 */
final class Transaction {
  private static final int ATTEMPTS = 5;

  private final JournalPool pool;
  private final JournalListener listener;

  Transaction(JournalPool pool, JournalListener listener) {
    this.pool = pool;
    this.listener = listener;
  }

  /** Work that appends; returns what it appended. */
  interface Work {
    List<Link> run(ChainStatements statements) throws SQLException;
  }

  List<Link> commit(Connection connection, String doing, Work work) {
    for (int attempt = 1; ; attempt++) {
      List<Link> links;
      try {
        links = work.run(new ChainStatements(connection));
      } catch (SQLException e) {
        rollback(connection, e);
        if (attempt < ATTEMPTS && wasFaster(e)) {
          continue;
        }
        throw failed(doing, e, false);
      }
      finish(connection, doing, links);
      links.forEach(link -> listener.committed(link.entry()));
      return links;
    }
  }

  private void finish(Connection connection, String doing, List<Link> links) {
    try {
      connection.commit();
    } catch (SQLException e) {
      findOut(doing, links, e);
    }
    try (var statement = connection.createStatement()) {
      for (String sql : pool.dialect().afterCommit(milestones(links))) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw failed(
          doing + " (it is written, but the database could not force it to disk)", e, true);
    }
  }

  private static Set<String> milestones(List<Link> links) {
    Set<String> names = new HashSet<>();
    links.forEach(link -> link.milestone().ifPresent(names::add));
    return names;
  }

  /** Looks on another connection whether a commit whose answer was lost took place. */
  private void findOut(String doing, List<Link> links, SQLException lost) {
    if (links.isEmpty()) {
      return;
    }
    boolean there;
    try (Connection other = pool.borrow()) {
      there = new ChainStatements(other).holds(links.get(links.size() - 1));
      other.rollback();
    } catch (SQLException e) {
      lost.addSuppressed(e);
      throw failed(doing, lost, true);
    }
    if (!there) {
      throw failed(doing, lost, false);
    }
  }

  /** Unique key taken, deadlock, serialisation failure or time-out of a lock. */
  private static boolean wasFaster(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return state.startsWith("23")
        || state.startsWith("40")
        || state.equals("HYT00")
        || state.equals("55P03")
        || e.getErrorCode() == 1205;
  }

  private static void rollback(Connection connection, SQLException cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  static JournalException failed(String doing, SQLException cause, boolean outcomeUnknown) {
    return new JournalException(
        "journal: "
            + doing
            + " failed: "
            + cause.getMessage()
            + ". Look whether Repli's own database (spring.datasource.url) runs and has space.",
        cause,
        outcomeUnknown);
  }
}
