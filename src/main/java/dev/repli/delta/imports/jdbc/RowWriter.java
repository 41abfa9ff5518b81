package dev.repli.delta.imports.jdbc;

import dev.repli.database.jdbc.SqlErrors;
import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.Row;
import dev.repli.delta.imports.RowOutcome;
import dev.repli.delta.imports.jdbc.TableSql.Bound;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes changes, many at once when all of them hit their row; when one does not, each alone, so
 * that it is known which, and what is there instead.
 */
final class RowWriter {
  /** Deadlock, lock wait, connection killed, read only, disk full: nothing about the row. */
  private static final Set<Integer> NOT_THE_ROW =
      Set.of(1021, 1040, 1053, 1114, 1205, 1213, 1290, 1317, 1836, 1927, 1969, 3024);

  private static final int MOST_STATEMENTS = 100;
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared =
      new LinkedHashMap<>(MOST_STATEMENTS, 0.75f, true);

  RowWriter(Connection connection) {
    this.connection = connection;
  }

  List<RowOutcome> write(TableSql sql, List<? extends RowChange> changes) throws SQLException {
    if (changes.size() > 1 && together(sql, changes)) {
      return Collections.nCopies(changes.size(), RowOutcome.APPLIED);
    }
    List<RowOutcome> outcomes = new ArrayList<>();
    for (RowChange change : changes) {
      outcomes.add(alone(sql, change));
    }
    return outcomes;
  }

  /** Whether all hit their row; else nothing is written. */
  private boolean together(TableSql sql, List<? extends RowChange> changes) throws SQLException {
    List<Bound> bound = changes.stream().map(sql::of).toList();
    String text = bound.get(0).sql();
    if (bound.stream().anyMatch(other -> !other.sql().equals(text))) {
      return false;
    }
    Savepoint before = connection.setSavepoint("wave");
    try {
      PreparedStatement statement = prepared(text);
      for (Bound one : bound) {
        one.bind(statement);
        statement.addBatch();
      }
      if (allHit(statement.executeBatch(), statement)) {
        return true;
      }
    } catch (SQLException e) {
      refuseUnlessRow(e);
    }
    connection.rollback(before);
    return false;
  }

  /**
   * A server that takes them together says only how many rows they hit in all, and says it in its
   * answer: what {@code ROW_COUNT()} tells afterwards is of the last of them.
   */
  private static boolean allHit(int[] counts, PreparedStatement statement) throws SQLException {
    long sum = 0;
    for (int count : counts) {
      if (count == Statement.SUCCESS_NO_INFO) {
        return statement.getLargeUpdateCount() == counts.length;
      }
      sum += count == 1 ? 1 : 0;
    }
    return sum == counts.length;
  }

  private RowOutcome alone(TableSql sql, RowChange change) throws SQLException {
    Bound bound = sql.of(change);
    String error = "the row is as it was before, but the statement did not find it";
    try {
      PreparedStatement statement = prepared(bound.sql());
      bound.bind(statement);
      if (statement.executeUpdate() == 1) {
        return RowOutcome.APPLIED;
      }
    } catch (SQLException e) {
      refuseUnlessRow(e);
      error = "error " + e.getErrorCode() + " " + e.getMessage();
    }
    return examined(sql, change, error);
  }

  private RowOutcome examined(TableSql sql, RowChange change, String error) throws SQLException {
    if (sql.table().key().isEmpty()) {
      // which of the rows it would be cannot be told
      return change instanceof Insert
          ? new RowOutcome.Refused(error)
          : new RowOutcome.Conflict(Optional.empty());
    }
    if (change instanceof Insert insert) {
      Found found = look(sql, insert.after());
      return found.same()
          ? RowOutcome.ALREADY_THERE
          : found.row().isPresent() ? conflict(found) : new RowOutcome.Refused(error);
    }
    if (change instanceof Update update) {
      return updated(sql, update, error);
    }
    Found found = look(sql, ((Delete) change).before());
    if (found.row().isEmpty()) {
      return RowOutcome.ALREADY_THERE;
    }
    return found.same() ? new RowOutcome.Refused(error) : conflict(found);
  }

  private RowOutcome updated(TableSql sql, Update update, String error) throws SQLException {
    Found before = look(sql, update.before());
    if (before.same()) {
      return new RowOutcome.Refused(error);
    }
    boolean moves =
        sql.table().key().stream()
            .anyMatch(place -> !update.before().cell(place).equals(update.after().cell(place)));
    if (moves && before.row().isPresent()) {
      return conflict(before);
    }
    Found after = look(sql, update.after());
    return after.same() ? RowOutcome.ALREADY_THERE : conflict(moves ? before : after);
  }

  private static RowOutcome conflict(Found found) {
    return new RowOutcome.Conflict(found.row());
  }

  /** The row with the key of this one, locked where the node lets anybody write. */
  Optional<Row> find(TableSql sql, Row like) throws SQLException {
    Bound locked = sql.look(like);
    Bound plain = sql.lookOnly(like);
    return FencedRead.of(() -> look(sql, locked), () -> look(sql, plain)).row();
  }

  /**
   * A row with a key.
   *
   * @param same it is exactly the one that was asked for
   */
  private record Found(Optional<Row> row, boolean same) {}

  private Found look(TableSql sql, Row row) throws SQLException {
    return look(sql, sql.look(row));
  }

  private Found look(TableSql sql, Bound bound) throws SQLException {
    PreparedStatement statement = prepared(bound.sql());
    bound.bind(statement);
    try (ResultSet result = statement.executeQuery()) {
      return result.next()
          ? new Found(Optional.of(sql.row(result)), result.getBoolean(1))
          : new Found(Optional.empty(), false);
    }
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known == null) {
      if (prepared.size() >= MOST_STATEMENTS) {
        var oldest = prepared.entrySet().iterator();
        oldest.next().getValue().close();
        oldest.remove();
      }
      known = connection.prepareStatement(sql);
      prepared.put(sql, known);
    }
    known.clearBatch();
    return known;
  }

  private static void refuseUnlessRow(SQLException e) throws SQLException {
    Throwable cause = e;
    while (cause instanceof java.sql.BatchUpdateException
        && cause.getCause() instanceof SQLException) {
      cause = cause.getCause();
    }
    SQLException first = (SQLException) cause;
    if (SqlErrors.isBroken(first)
        || NOT_THE_ROW.contains(first.getErrorCode())
        || first.getErrorCode() == 0
        || isPrivilege(first.getErrorCode())) {
      throw first;
    }
  }

  private static boolean isPrivilege(int code) {
    return code == 1044 || code == 1045 || code == 1142 || code == 1143 || code == 1227;
  }
}
