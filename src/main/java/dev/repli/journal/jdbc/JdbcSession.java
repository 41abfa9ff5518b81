package dev.repli.journal.jdbc;

import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.journal.Link;
import dev.repli.run.RunKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Appends on one connection that was opened before. */
final class JdbcSession implements Journal.Session {
  private final RunKey run;
  private final Connection connection;
  private final Transaction transaction;
  private final Clock clock;

  JdbcSession(RunKey run, Connection connection, Transaction transaction, Clock clock) {
    this.run = run;
    this.connection = connection;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public JournalEntry append(Evidence evidence) {
    return appended(statements -> List.of(statements.append(run, clock.instant(), evidence)))
        .orElseThrow();
  }

  @Override
  public Optional<JournalEntry> appendUnless(
      Evidence.Milestone milestone, Collection<String> unless, long afterSeq) {
    return appended(
        statements -> {
          Optional<Link> link =
              statements.appendUnless(run, clock.instant(), milestone, unless, afterSeq);
          return link.stream().toList();
        });
  }

  private Optional<JournalEntry> appended(Transaction.Work work) {
    return transaction.commit(connection, "append to run " + run, work).stream()
        .map(Link::entry)
        .findFirst();
  }

  @Override
  public Optional<JournalEntry> newestMilestone(String... names) {
    try {
      Optional<Link> newest =
          new ChainStatements(connection).newestMilestone(run, 0, List.of(names));
      connection.rollback();
      return newest.map(Link::entry);
    } catch (SQLException e) {
      throw Transaction.failed("read run " + run, e, false);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Transaction.failed("close the connection of run " + run, e, false);
    }
  }
}
