package dev.repli.delta.imports.jdbc;

import dev.repli.database.Position;
import dev.repli.database.jdbc.SqlErrors;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Place;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportException;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportSession;
import dev.repli.delta.imports.RowOutcome;
import dev.repli.delta.imports.TargetTable;
import dev.repli.plan.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Writes with one JDBC connection whose transactions are its own. */
final class JdbcImportSession implements ImportSession {
  private static final String COLUMNS =
      "position_kind, position, file, file_offset, extracted, applied, already_there, abandoned,"
          + " held, keeps_gtids";

  private static final int DUPLICATE = 1062;

  private final Node node;
  private final Connection connection;
  private final GtidSession gtids;
  private final RowWriter writer;
  private final IdentityHashMap<TargetTable, TableSql> sql = new IdentityHashMap<>();

  JdbcImportSession(Node node, Connection connection) {
    this.node = node;
    this.connection = connection;
    this.gtids = new GtidSession(node, connection);
    this.writer = new RowWriter(connection);
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
          Optional<Checkpoint> found = find(id);
          connection.rollback();
          return found;
        });
  }

  /** The lock is what waits for an earlier session, whose client may be long dead. */
  private Optional<Checkpoint> find(ImportId id) throws SQLException {
    try (PreparedStatement ask =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM repli_probe.delta_import WHERE id = ? FOR UPDATE")) {
      ask.setString(1, id.value());
      try (ResultSet row = ask.executeQuery()) {
        return row.next() ? Optional.of(checkpoint(row)) : Optional.empty();
      }
    }
  }

  private static Checkpoint checkpoint(ResultSet row) throws SQLException {
    String kind = row.getString(1);
    Optional<Place> place =
        kind.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Place(
                    new Position(Position.Kind.valueOf(kind), row.getString(2)),
                    row.getString(3),
                    row.getLong(4)));
    ImportCounts counts =
        new ImportCounts(
            row.getLong(5), row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9));
    return new Checkpoint(place, counts, row.getBoolean(10));
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
              refuseIfAnother(id, known);
              return true;
            });
  }

  private void refuseIfAnother(ImportId id, Optional<Checkpoint> known) throws SQLException {
    if (!find(id).map(Checkpoint::counts).equals(known.map(Checkpoint::counts))) {
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
              forget(id);
              write(id, reached);
              lastLook.run();
              connection.commit();
              return true;
            });
  }

  private ImportException another(ImportId id) throws SQLException {
    connection.rollback();
    return new ImportException(
        "import %s: another session goes on with it; let that one end".formatted(id));
  }

  private void forget(ImportId id) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM repli_probe.delta_import WHERE id = ?")) {
      delete.setString(1, id.value());
      delete.executeUpdate();
    }
  }

  private void write(ImportId id, Checkpoint reached) throws SQLException {
    try (PreparedStatement put =
        connection.prepareStatement(
            "INSERT INTO repli_probe.delta_import (id, "
                + COLUMNS
                + ", written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NOW(6))")) {
      Optional<Place> place = reached.place();
      put.setString(1, id.value());
      put.setString(2, place.map(at -> at.position().kind().name()).orElse(""));
      put.setString(3, place.map(at -> at.position().value()).orElse(""));
      put.setString(4, place.map(Place::file).orElse(""));
      put.setLong(5, place.map(Place::offset).orElse(0L));
      put.setLong(6, reached.counts().extracted());
      put.setLong(7, reached.counts().applied());
      put.setLong(8, reached.counts().alreadyThere());
      put.setLong(9, reached.counts().abandoned());
      put.setLong(10, reached.counts().held());
      put.setBoolean(11, reached.keepsGtids());
      put.executeUpdate();
    } catch (SQLException e) {
      if (e.getErrorCode() == DUPLICATE) {
        throw another(id);
      }
      throw e;
    }
  }

  @Override
  public void rollback() {
    var unused =
        at(
            "undoing a transaction",
            () -> {
              connection.rollback();
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
                gtids.apart(() -> create(statement));
                connection.setAutoCommit(false);
              }
              return true;
            });
  }

  private static void create(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery(Setup.CHECKPOINTS_THERE)) {
      if (found.next() && found.getInt(1) == Setup.TABLES) {
        return;
      }
    }
    for (String sql : Setup.CHECKPOINTS) {
      statement.execute(sql);
    }
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
