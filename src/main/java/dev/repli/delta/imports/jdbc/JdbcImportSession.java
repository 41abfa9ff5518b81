package dev.repli.delta.imports.jdbc;

import dev.repli.database.jdbc.SqlErrors;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportException;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportSession;
import dev.repli.delta.imports.RowOutcome;
import dev.repli.delta.imports.TargetTable;
import dev.repli.plan.Node;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Writes with one JDBC connection whose transactions are its own. */
final class JdbcImportSession implements ImportSession {
  /** It has the place's lock already, so that no answer has to wait for anybody. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** What is put where no place is. */
  private static final Checkpoint NOWHERE =
      new Checkpoint(Optional.empty(), ImportCounts.NONE, false);

  private static final Executor HERE = Runnable::run;

  private final Node node;
  private final Connection connection;
  private final Duration answerLimit;
  private final GtidSession gtids;
  private final RowWriter writer;
  private final ImportPlaces places;
  private final CountedCommits commits;
  private final IdentityHashMap<TargetTable, TableSql> sql = new IdentityHashMap<>();

  /** The open transaction has put the import's place where none was. */
  private boolean claimed;

  /**
   * @param answerLimit of the connection
   */
  JdbcImportSession(Node node, Connection connection, Duration answerLimit) {
    this.node = node;
    this.connection = connection;
    this.answerLimit = answerLimit;
    this.gtids = new GtidSession(node, connection);
    this.writer = new RowWriter(connection);
    this.places = new ImportPlaces(connection);
    this.commits = new CountedCommits(node, connection);
  }

  /** A statement or several. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws SQLException;
  }

  private <T> T at(String doing, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw SqlErrors.translate(node, doing, e, "");
    }
  }

  @Override
  public Optional<Checkpoint> checkpoint(ImportId id) {
    return at(
        "reading how far import " + id + " is",
        () -> {
          Optional<Checkpoint> found = places.find(id);
          connection.rollback();
          return found;
        });
  }

  @Override
  public Optional<Checkpoint> lockedCheckpoint(ImportId id) {
    return at(
        "reading how far import " + id + " is",
        () -> {
          Optional<Checkpoint> found = places.find(id);
          return found.isPresent() || claim(id) ? found : places.find(id);
        });
  }

  /** A place that is not there cannot be locked. So it is put there, for this transaction only. */
  private boolean claim(ImportId id) throws SQLException {
    claimed = places.put(id, NOWHERE);
    return claimed;
  }

  @Override
  public Readiness readiness(DeltaTable table) {
    ImportedTables.Found found =
        at(
            "looking at " + table.fullName(),
            () -> new ImportedTables(connection, node.kind()).find(table));
    if (!found.reasons().isEmpty()) {
      return new Readiness.NotReady(found.reasons());
    }
    sql.put(found.sql().table(), found.sql());
    return new Readiness.Ready(found.sql().table());
  }

  @Override
  public boolean canKeep(String gtid) {
    return at("looking at the position", () -> gtids.isBehind(gtid));
  }

  @Override
  public void begin(Optional<String> gtid) {
    var unused =
        at(
            "beginning a transaction",
            () -> {
              gtids.use(gtid);
              return true;
            });
  }

  /** A transaction of Repli's own, which stands in nobody's way when changes keep their ids. */
  void beginApart() {
    var unused =
        at(
            "beginning a transaction",
            () -> {
              gtids.useApart();
              return true;
            });
  }

  @Override
  public List<RowOutcome> apply(TargetTable table, List<? extends RowChange> changes) {
    TableSql known = sql.get(table);
    if (known == null) {
      throw new IllegalArgumentException(table.shape().fullName() + " was not asked for before");
    }
    return at("importing into " + table.shape().fullName(), () -> writer.write(known, changes));
  }

  @Override
  public void keepOthersOut(ImportId id, Optional<Checkpoint> known) {
    var unused =
        at(
            "holding changes of import " + id,
            () -> {
              if (known.isEmpty() && !claimed && !claim(id)) {
                throw another(id);
              }
              refuseIfAnother(id, known);
              return true;
            });
  }

  @Override
  public void stillKeepOthersOut(ImportId id, Optional<Checkpoint> known) {
    limit(SOON);
    keepOthersOut(id, known);
    // a session that failed is not used again
    limit(answerLimit);
  }

  private void limit(Duration answer) {
    var unused =
        at(
            "setting a time limit",
            () -> {
              connection.setNetworkTimeout(HERE, Math.toIntExact(answer.toMillis()));
              return true;
            });
  }

  private void refuseIfAnother(ImportId id, Optional<Checkpoint> known) throws SQLException {
    // asked also for a place of its own, which is gone with a session that has ended
    Optional<Checkpoint> mine = claimed ? Optional.of(NOWHERE) : known;
    if (!places.find(id).equals(mine)) {
      throw another(id);
    }
  }

  @Override
  public void commit(
      ImportId id, Optional<Checkpoint> known, Checkpoint reached, Runnable lastLook) {
    var unused =
        at(
            "committing import " + id,
            () -> {
              refuseIfAnother(id, known);
              places.remove(id);
              if (!places.put(id, reached)) {
                throw another(id);
              }
              commits.count(id.value());
              lastLook.run();
              connection.commit();
              claimed = false;
              return true;
            });
  }

  private ImportException another(ImportId id) throws SQLException {
    connection.rollback();
    claimed = false;
    return new ImportException(
        "import %s: another session goes on with it; let that one end".formatted(id));
  }

  @Override
  public void rollback() {
    var unused =
        at(
            "undoing a transaction",
            () -> {
              connection.rollback();
              claimed = false;
              return true;
            });
  }

  /** Makes the session one that takes every value as it is. */
  void prepare() {
    var unused =
        at(
            "preparing an import",
            () -> {
              try (Statement statement = connection.createStatement()) {
                for (String sql : Setup.session(node.kind())) {
                  statement.execute(sql);
                }
                gtids.apart(() -> OwnTables.make(node.kind(), statement));
                connection.setAutoCommit(false);
              }
              return true;
            });
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // it is gone already, and with it what was not committed
    }
  }
}
