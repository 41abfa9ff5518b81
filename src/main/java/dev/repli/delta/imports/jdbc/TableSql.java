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

/** The statements about one table. Every write names the whole row that it expects to find. */
final class TableSql {
  private final TargetTable table;
  private final List<ColumnSql> columns;
  private final String name;
  private final Texts plain;
  private final String plainUpdate;
  private final List<ColumnSql> plainPlaces;

  /**
   * @param columns that are written: all but those that the server computes
   */
  TableSql(TargetTable table, List<ColumnSql> columns) {
    this.table = table;
    this.columns = List.copyOf(columns);
    this.name = quoted(table.shape().schema()) + "." + quoted(table.shape().name());
    this.plain = texts(this.columns, true);
    this.plainUpdate = plain.update() + plain.where();
    this.plainPlaces = join(plain.columns(), plain.expected());
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
      Texts texts = texts(insert.after());
      return new Bound(texts.insert(), texts.columns(), cells(texts.columns(), insert.after()));
    }
    if (change instanceof Update update) {
      return update(update.before(), update.after());
    }
    Row before = ((Delete) change).before();
    Texts texts = texts(before);
    return new Bound(texts.delete(), texts.expected(), cells(texts.expected(), before));
  }

  private Bound update(Row before, Row after) {
    Texts old = texts(before);
    Texts changed = texts(after);
    boolean usual = old.usual() && changed.usual();
    return new Bound(
        usual ? plainUpdate : changed.update() + old.where(),
        usual ? plainPlaces : join(changed.columns(), old.expected()),
        join(cells(changed.columns(), after), cells(old.expected(), before)));
  }

  /**
   * What is said of rows whose cells travel alike.
   *
   * @param usual no text as stored among them
   * @param update up to what it expects to find
   * @param expected places of {@code where}
   */
  private record Texts(
      boolean usual,
      List<ColumnSql> columns,
      List<ColumnSql> expected,
      String insert,
      String update,
      String delete,
      String where) {}

  /** Nearly all rows are alike: their texts are made once, not for each of millions. */
  private Texts texts(Row row) {
    for (ColumnSql column : columns) {
      if (column.isAsStored(row.cell(column.place()))) {
        return texts(columns(row), false);
      }
    }
    return plain;
  }

  private Texts texts(List<ColumnSql> values, boolean usual) {
    String where = where(values);
    return new Texts(
        usual,
        values,
        join(keys(values), values),
        "INSERT INTO "
            + name
            + values.stream().map(ColumnSql::name).collect(Collectors.joining(", ", " (", ")"))
            + values.stream()
                .map(ColumnSql::written)
                .collect(Collectors.joining(", ", " VALUES (", ")")),
        "UPDATE "
            + name
            + values.stream()
                .map(column -> column.name() + " = " + column.written())
                .collect(Collectors.joining(", ", " SET ", "")),
        "DELETE FROM " + name + where,
        where);
  }

  /** The row with the key of this one, as a row and whether it is exactly this one; locked. */
  Bound look(Row row) {
    return look(row, " FOR UPDATE");
  }

  /** The same without a lock. */
  Bound lookOnly(Row row) {
    return look(row, "");
  }

  private Bound look(Row row, String lock) {
    List<ColumnSql> all = columns(row);
    List<ColumnSql> keys = keys(all);
    String same = all.stream().map(ColumnSql::same).collect(Collectors.joining(" AND "));
    return new Bound(
        "SELECT " + same + ", " + read() + " FROM " + name + " WHERE " + sought(keys) + lock,
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
  private String where(List<ColumnSql> values) {
    String same = values.stream().map(ColumnSql::same).collect(Collectors.joining(" AND "));
    List<ColumnSql> keys = keys(values);
    return keys.isEmpty()
        ? " WHERE " + same + " LIMIT 1"
        : " WHERE " + sought(keys) + " AND " + same;
  }

  private static String sought(List<ColumnSql> keys) {
    return keys.stream().map(ColumnSql::sought).collect(Collectors.joining(" AND "));
  }

  private List<ColumnSql> keys(List<ColumnSql> values) {
    List<ColumnSql> keys = new ArrayList<>();
    for (int place : table.key()) {
      values.stream().filter(column -> column.place() == place).forEach(keys::add);
    }
    return keys;
  }

  private List<ColumnSql> columns(Row row) {
    return columns.stream().map(column -> column.forCell(row.cell(column.place()))).toList();
  }

  private static List<Cell> cells(List<ColumnSql> of, Row row) {
    List<Cell> cells = new ArrayList<>(of.size());
    for (ColumnSql column : of) {
      cells.add(row.cell(column.place()));
    }
    return cells;
  }

  private static <T> List<T> join(List<T> one, List<T> other) {
    List<T> both = new ArrayList<>(one.size() + other.size());
    both.addAll(one);
    both.addAll(other);
    return both;
  }
}
