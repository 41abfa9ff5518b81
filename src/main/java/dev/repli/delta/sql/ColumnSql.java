package dev.repli.delta.sql;

import dev.repli.delta.Cell;
import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column in SQL: the expression that reads it, the place that takes its value. On a session
 * prepared by {@link #SESSION} and in the driver's text protocol, a cell that is read equals the
 * cell of the change that wrote it, and a cell that is written reads back as the same cell.
 */
public final class ColumnSql {
  /** UTC, no check and no change of values: what was stored once can be stored again. */
  public static final List<String> SESSION =
      List.of(
          "SET NAMES utf8mb4",
          "SET SESSION time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO'");

  private ColumnSql() {}

  /** The name in backquotes. */
  public static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Expression that reads the column; its result goes to {@link #read}. */
  public static String select(DeltaColumn column) {
    String name = name(column.name());
    return switch (column.kind()) {
      case FLOAT, DOUBLE -> "CAST(" + name + " AS DOUBLE)";
      case BIT -> "CAST(" + name + " + 0 AS CHAR)";
      case CHAR, VARCHAR, TEXT -> "CAST(" + name + " AS BINARY)";
      case BINARY, VARBINARY, BLOB, GEOMETRY, VECTOR -> name;
      default -> "CAST(" + name + " AS CHAR)";
    };
  }

  /** What takes the value in INSERT, SET and WHERE. */
  public static String placeholder(DeltaColumn column) {
    return switch (column.kind()) {
      case BIT -> "CAST(? AS UNSIGNED)";
      case CHAR, VARCHAR, TEXT ->
          StoredText.isExact(column.charset()) ? "?" : "CONVERT(? USING " + column.charset() + ")";
      default -> "?";
    };
  }

  /** The cell at that place (from 1) of a row that was read by {@link #select}. */
  public static Cell read(DeltaColumn column, ResultSet row, int place) throws SQLException {
    if (column.kind() == ColumnKind.FLOAT || column.kind() == ColumnKind.DOUBLE) {
      double value = row.getDouble(place);
      return row.wasNull() ? Cell.NULL : new Cell.Text(ServerDouble.text(value));
    }
    byte @Nullable [] value = row.getBytes(place);
    if (value == null) {
      return Cell.NULL;
    }
    return switch (column.kind()) {
      case BINARY, VARBINARY, BLOB, GEOMETRY, VECTOR -> new Cell.Bytes(value);
      case CHAR, VARCHAR, TEXT -> StoredText.cell(column.charset(), value);
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, DECIMAL ->
          new Cell.Text(withoutFill(utf8(value)));
      default -> new Cell.Text(utf8(value));
    };
  }

  /** Sets the place (from 1) that {@link #placeholder} left. */
  public static void bind(PreparedStatement statement, int place, Cell cell) throws SQLException {
    if (cell instanceof Cell.Text text) {
      statement.setString(place, text.value());
    } else if (cell instanceof Cell.Bytes bytes) {
      statement.setBytes(place, bytes.value());
    } else {
      statement.setString(place, null);
    }
  }

  private static String utf8(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  /** ZEROFILL is a matter of display. */
  private static String withoutFill(String number) {
    int first = 0;
    while (first + 1 < number.length()
        && number.charAt(first) == '0'
        && number.charAt(first + 1) != '.') {
      first++;
    }
    return first == 0 ? number : number.substring(first);
  }
}
