package dev.repli.journal.jdbc;

import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.journal.JournalTail;
import dev.repli.journal.Link;
import dev.repli.run.RunKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The journal in the tables of {@code db/migration}, on connections of its own. */
final class JdbcJournal implements Journal, JournalTail {
  private final JournalPool pool;
  private final Transaction transaction;
  private final Clock clock;

  JdbcJournal(JournalPool pool, Clock clock, JournalListener listener) {
    this.pool = pool;
    this.transaction = new Transaction(pool, listener);
    this.clock = clock;
  }

  @Override
  public JournalEntry append(RunKey run, Evidence evidence) {
    try (Session session = open(run)) {
      return session.append(evidence);
    }
  }

  @Override
  public void appendAll(RunKey run, List<? extends Evidence> evidence) {
    onConnection(
        pool,
        "append to run " + run,
        connection ->
            transaction.commit(
                connection,
                "append to run " + run,
                statements -> {
                  List<Link> links = new ArrayList<>();
                  for (Evidence one : evidence) {
                    links.add(statements.append(run, clock.instant(), one));
                  }
                  return links;
                }));
  }

  @Override
  public List<JournalEntry> read(RunKey run) {
    return onConnection(
        pool,
        "read run " + run,
        connection -> {
          List<Link> links = new ChainStatements(connection).read(run);
          connection.rollback();
          return links.stream().map(Link::entry).toList();
        });
  }

  @Override
  public List<JournalEntry> after(RunKey run, long seq, int most) {
    return onConnection(
        pool,
        "read the end of run " + run,
        connection -> {
          List<Link> links = new ChainStatements(connection).after(run, seq, most);
          connection.rollback();
          return links.stream().map(Link::entry).toList();
        });
  }

  @Override
  public Map<RunKey, Long> ends(int most) {
    return onConnection(
        pool,
        "look for what is new",
        connection -> {
          Map<RunKey, Long> ends = new ChainStatements(connection).ends(most);
          connection.rollback();
          return ends;
        });
  }

  @Override
  public Optional<JournalEntry> newestMilestone(RunKey run, String... names) {
    try (Session session = open(run)) {
      return session.newestMilestone(names);
    }
  }

  @Override
  public Session open(RunKey run) {
    try {
      return new JdbcSession(run, pool.borrow(), transaction, clock);
    } catch (SQLException e) {
      throw Transaction.failed("open a connection", e, false);
    }
  }

  @Override
  public Integrity check() {
    return check(pool);
  }

  static Integrity check(JournalPool pool) {
    return onConnection(pool, "check", connection -> new ChainCheck(connection).check());
  }

  /** Whether an entry with this hash stands in the journal. */
  static boolean stands(JournalPool pool, String hash) {
    return onConnection(
        pool,
        "look for a hash",
        connection -> {
          boolean stands = new ChainStatements(connection).stands(hash);
          connection.rollback();
          return stands;
        });
  }

  private interface Use<T> {
    T with(Connection connection) throws SQLException;
  }

  private static <T> T onConnection(JournalPool pool, String doing, Use<T> use) {
    try (Connection connection = pool.borrow()) {
      return use.with(connection);
    } catch (SQLException e) {
      throw Transaction.failed(doing, e, false);
    }
  }
}
