package dev.repli.delta.imports.jdbc;

import dev.repli.database.jdbc.SqlErrors;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import dev.repli.delta.conflict.Answer;
import dev.repli.delta.conflict.ConflictSession;
import dev.repli.delta.conflict.Decision;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportSession.Readiness;
import dev.repli.delta.imports.RowOutcome;
import dev.repli.delta.imports.TargetTable;
import dev.repli.plan.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** The connection of an import, for one row at a time. */
final class JdbcConflictSession implements ConflictSession {
  private final Node node;
  private final Connection connection;
  private final JdbcImportSession session;
  private final RowWriter writer;
  private final ImportPlaces places;
  private final CountedCommits commits;
  private final IdentityHashMap<TargetTable, TableSql> sql = new IdentityHashMap<>();

  /**
   * @param session over the same connection, prepared
   */
  JdbcConflictSession(Node node, Connection connection, JdbcImportSession session) {
    this.node = node;
    this.connection = connection;
    this.session = session;
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
          Optional<Checkpoint> found = FencedRead.of(() -> places.find(id), () -> places.look(id));
          connection.rollback();
          return found;
        });
  }

  @Override
  public List<Decision> decisions(ImportId id) {
    return at(
        "reading the decisions about import " + id,
        () -> {
          List<Decision> decisions = new ArrayList<>();
          try (PreparedStatement ask =
              connection.prepareStatement(
                  "SELECT group_no, through_no, answer, decided_by, rule_id, decided_at"
                      + " FROM repli_probe.delta_decision WHERE import_id = ?"
                      + " ORDER BY group_no, through_no")) {
            ask.setString(1, id.value());
            try (ResultSet row = ask.executeQuery()) {
              while (row.next()) {
                decisions.add(decision(row));
              }
            }
          }
          connection.rollback();
          return decisions;
        });
  }

  private static Decision decision(ResultSet row) throws SQLException {
    return new Decision(
        row.getLong(1),
        row.getLong(2),
        Answer.valueOf(row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getObject(6, LocalDateTime.class).toInstant(ZoneOffset.UTC));
  }

  @Override
  public long decidedThrough(ImportId id, long group) {
    return at(
        "looking for a decision about import " + id,
        () -> {
          try (PreparedStatement ask =
              connection.prepareStatement(
                  "SELECT COALESCE(MAX(through_no), 0) FROM repli_probe.delta_decision"
                      + " WHERE import_id = ? AND group_no = ?")) {
            ask.setString(1, id.value());
            ask.setLong(2, group);
            try (ResultSet row = ask.executeQuery()) {
              long through = row.next() ? row.getLong(1) : 0;
              connection.rollback();
              return through;
            }
          }
        });
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
  public void begin() {
    session.beginApart();
  }

  @Override
  public Optional<Row> find(TargetTable table, Row like) {
    return at(
        "looking at a row of " + table.shape().fullName(), () -> writer.find(known(table), like));
  }

  @Override
  public RowOutcome apply(TargetTable table, RowChange change) {
    return at(
        "deciding about a row of " + table.shape().fullName(),
        () -> writer.write(known(table), List.of(change)).get(0));
  }

  @Override
  public String statement(TargetTable table, RowChange change) {
    return SqlText.of(known(table).of(change));
  }

  private TableSql known(TargetTable table) {
    TableSql known = sql.get(table);
    if (known == null) {
      throw new IllegalArgumentException(table.shape().fullName() + " was not asked for before");
    }
    return known;
  }

  @Override
  public void commit(ImportId id, Decision decision) {
    var unused =
        at(
            "writing a decision about import " + id,
            () -> {
              write(id, decision);
              commits.count(id.value() + CountedCommits.DECISIONS);
              connection.commit();
              return true;
            });
  }

  private void write(ImportId id, Decision decision) throws SQLException {
    try (PreparedStatement put =
        connection.prepareStatement(
            "INSERT INTO repli_probe.delta_decision (import_id, group_no, through_no, answer,"
                + " decided_by, rule_id, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      put.setString(1, id.value());
      put.setLong(2, decision.group());
      put.setLong(3, decision.through());
      put.setString(4, decision.answer().name());
      put.setString(5, decision.who());
      put.setString(6, decision.rule());
      put.setObject(7, LocalDateTime.ofInstant(decision.at(), ZoneOffset.UTC));
      put.executeUpdate();
    }
  }

  @Override
  public void rollback() {
    session.rollback();
  }

  @Override
  public void close() {
    session.close();
  }
}
