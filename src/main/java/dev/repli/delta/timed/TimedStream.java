package dev.repli.delta.timed;

import dev.repli.delta.Cell;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.Place;
import dev.repli.delta.Row;
import dev.repli.delta.TimedRows;
import dev.repli.delta.TimedTables;
import dev.repli.delta.TimedTables.Timed;
import dev.repli.delta.sql.ColumnSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one table after the other within one snapshot; a few thousand rows are held at a time. */
final class TimedStream implements TimedRows.Stream {
  private static final int AT_A_TIME = 2_000;

  /** Whatever time zone an application writes in, its clock is less than a day behind. */
  private static final Duration ANY_ZONE = Duration.ofDays(1);

  private static final DateTimeFormatter SQL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Ask ask;
  private final TimedShapes shapes;
  private final TimedTables tables;
  private final Deque<Timed> left;
  private final Instant since;
  private final Place beginning;
  private final Place end;
  private State state = State.BEFORE;
  private TimedShapes.@Nullable Read open;
  private @Nullable Statement statement;
  private @Nullable ResultSet rows;

  private enum State {
    BEFORE,
    ROWS,
    OVER
  }

  /**
   * @param ask its connection is closed with the stream; within the snapshot
   * @param beginning before everything
   * @param end what the snapshot shows
   */
  TimedStream(
      Ask ask, TimedShapes shapes, TimedTables tables, Instant since, Place beginning, Place end) {
    this.ask = ask;
    this.shapes = shapes;
    this.tables = tables;
    this.left = new ArrayDeque<>(tables.timed());
    this.since = since;
    this.beginning = beginning;
    this.end = end;
  }

  @Override
  public DeltaEvent next(Duration atMost) {
    return switch (state) {
      case BEFORE -> {
        state = State.ROWS;
        yield new DeltaEvent.Begin("", beginning, Instant.EPOCH);
      }
      case ROWS -> {
        DeltaEvent row = row();
        if (row != null) {
          yield row;
        }
        state = State.OVER;
        yield new DeltaEvent.End(end);
      }
      case OVER -> new DeltaEvent.Finished(end);
    };
  }

  private @Nullable DeltaEvent row() {
    try {
      while (true) {
        ResultSet result = rows;
        TimedShapes.Read table = open;
        if (result != null && table != null && result.next()) {
          return new DeltaEvent.Found(table.table(), row(table, result));
        }
        endTable();
        if (left.isEmpty()) {
          return null;
        }
        beginTable(left.remove());
      }
    } catch (SQLException e) {
      throw ask.failed(e);
    }
  }

  @Override
  public long total() {
    return tables.timed().stream()
        .mapToLong(timed -> Long.parseLong(ask.text("SELECT COUNT(*)" + fromWhere(timed))))
        .sum();
  }

  /** A row without a time may be new: columns that only an update sets leave inserts empty. */
  private String fromWhere(Timed timed) {
    Instant from = timed.inUtc() ? since : since.minus(ANY_ZONE);
    return " FROM %1$s.%2$s WHERE %3$s >= '%4$s' OR %3$s IS NULL OR %3$s = '0000-00-00 00:00:00'"
        .formatted(
            ColumnSql.quoted(timed.schema()),
            ColumnSql.quoted(timed.table()),
            ColumnSql.quoted(timed.column()),
            SQL.format(LocalDateTime.ofInstant(from, ZoneOffset.UTC)));
  }

  private void beginTable(Timed timed) throws SQLException {
    TimedShapes.Read table = shapes.read(timed.schema(), timed.table());
    String columns =
        table.columns().stream().map(ColumnSql::read).collect(Collectors.joining(", "));
    Statement asked = ask.connection().createStatement();
    statement = asked;
    asked.setFetchSize(AT_A_TIME);
    String order = " ORDER BY " + ColumnSql.quoted(timed.column());
    rows = asked.executeQuery("SELECT " + columns + fromWhere(timed) + order);
    open = table;
  }

  private static Row row(TimedShapes.Read table, ResultSet result) throws SQLException {
    Cell[] cells = new Cell[table.columns().size()];
    for (ColumnSql column : table.columns()) {
      cells[column.place()] = column.cell(result, column.place() + 1);
    }
    return Row.of(cells);
  }

  private void endTable() throws SQLException {
    Statement asked = statement;
    statement = null;
    rows = null;
    open = null;
    if (asked != null) {
      asked.close();
    }
  }

  @Override
  public void close() {
    ask.close();
  }
}
