package dev.repli.delta.imports.jdbc;

import static dev.repli.delta.sql.ColumnSql.quoted;

import dev.repli.delta.Cell;
import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.Row;
import dev.repli.delta.imports.TargetTable;
import dev.repli.delta.sql.ColumnSql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements about one table. Every write names the whole row that it expects to find. */
final class TableSql {
  private final TargetTable table;
  private final List<ColumnSql> columns;
  private final String name;

  /**
   * @param columns that are written: all but those that the server computes
   */
  TableSql(TargetTable table, List<ColumnSql> columns) {
    this.table = table;
    this.columns = List.copyOf(columns);
    this.name = quoted(table.shape().schema()) + "." + quoted(table.shape().name());
  }

  TargetTable table() {
    return table;
  }

  /** A statement and its values. Changes with the same text can be sent together. */
  record Bound(String sql, List<ColumnSql> places, List<Cell> values) {
    void bind(PreparedStatement statement) throws SQLException {
      for (int i = 0; i < values.size(); i++) {
        places.get(i).bind(statement, i + 1, values.get(i));
      }
    }
  }

  Bound of(RowChange change) {
    if (change instanceof Insert insert) {
      return insert(insert.after());
    }
    if (change instanceof Update update) {
      return update(update.before(), update.after());
    }
    return delete(((Delete) change).before());
  }

  private Bound insert(Row row) {
    List<ColumnSql> values = columns(row);
    return new Bound(
        "INSERT INTO "
            + name
            + values.stream().map(ColumnSql::name).collect(Collectors.joining(", ", " (", ")"))
            + values.stream()
                .map(ColumnSql::written)
                .collect(Collectors.joining(", ", " VALUES (", ")")),
        values,
        cells(values, row));
  }

  private Bound update(Row before, Row after) {
    List<ColumnSql> values = columns(after);
    List<ColumnSql> expected = expected(before);
    String set =
        values.stream()
            .map(column -> column.name() + " = " + column.written())
            .collect(Collectors.joining(", "));
    return new Bound(
        "UPDATE " + name + " SET " + set + where(before),
        join(values, expected),
        join(cells(values, after), cells(expected, before)));
  }

  private Bound delete(Row before) {
    List<ColumnSql> expected = expected(before);
    return new Bound("DELETE FROM " + name + where(before), expected, cells(expected, before));
  }

  /** The row with the key of this one, as a row and whether it is exactly this one; locked. */
  Bound look(Row row) {
    List<ColumnSql> all = columns(row);
    List<ColumnSql> keys = keys(row);
    String same = all.stream().map(ColumnSql::same).collect(Collectors.joining(" AND "));
    return new Bound(
        "SELECT "
            + same
            + ", "
            + read()
            + " FROM "
            + name
            + " WHERE "
            + sought(keys)
            + " FOR UPDATE",
        join(all, keys),
        join(cells(all, row), cells(keys, row)));
  }

  /** All rows, as {@link #row} reads them. */
  String readAll() {
    return "SELECT 1, " + read() + " FROM " + name;
  }

  private String read() {
    return columns.stream().map(ColumnSql::read).collect(Collectors.joining(", "));
  }

  /** The row that {@link #look} found; cells that the server computes are not read. */
  Row row(ResultSet found) throws SQLException {
    Cell[] cells = new Cell[table.shape().columns().size()];
    java.util.Arrays.fill(cells, Cell.NULL);
    int at = 2;
    for (ColumnSql column : columns) {
      cells[column.place()] = column.cell(found, at++);
    }
    return Row.of(cells);
  }

  /** One of several equal rows is as good as the other where there is no key. */
  private String where(Row row) {
    String same = columns(row).stream().map(ColumnSql::same).collect(Collectors.joining(" AND "));
    List<ColumnSql> keys = keys(row);
    return keys.isEmpty()
        ? " WHERE " + same + " LIMIT 1"
        : " WHERE " + sought(keys) + " AND " + same;
  }

  private static String sought(List<ColumnSql> keys) {
    return keys.stream().map(ColumnSql::sought).collect(Collectors.joining(" AND "));
  }

  private List<ColumnSql> expected(Row row) {
    return join(keys(row), columns(row));
  }

  private List<ColumnSql> keys(Row row) {
    List<ColumnSql> keys = new ArrayList<>();
    for (int place : table.key()) {
      columns(row).stream().filter(column -> column.place() == place).forEach(keys::add);
    }
    return keys;
  }

  private List<ColumnSql> columns(Row row) {
    return columns.stream().map(column -> column.forCell(row.cell(column.place()))).toList();
  }

  private static List<Cell> cells(List<ColumnSql> of, Row row) {
    return of.stream().map(column -> row.cell(column.place())).toList();
  }

  private static <T> List<T> join(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }
}
