package dev.repli.delta.sql;

import dev.repli.delta.Cell;
import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * One column in statements. A cell that is written reads back as the same cell, on a session in UTC
 * and in the driver's text protocol. Values are compared exactly: texts by their bytes, whatever
 * the collation, and times and numbers in the form in which the server writes them.
 *
 * @param place of the column in rows
 * @param charset of the column here, empty for other than text
 * @param collation of the column here
 * @param json whether the server itself parses and changes JSON (MySQL)
 * @param sent character set in which text travels: UTF-8 when Java knows the text, else as stored
 */
public record ColumnSql(
    int place, DeltaColumn column, String charset, String collation, boolean json, String sent) {
  private static final String UTF8 = "utf8mb4";

  /** A column into which changes are written. */
  public static ColumnSql of(
      int place, DeltaColumn column, String charset, String collation, boolean json) {
    return new ColumnSql(place, column, charset, collation, json, UTF8);
  }

  /** The same for a cell that has its text as stored. */
  public ColumnSql forCell(Cell cell) {
    return isAsStored(cell)
        ? new ColumnSql(place, column, charset, collation, json, column.charset())
        : this;
  }

  /** Whether the cell is text as stored, which other statements take. */
  public boolean isAsStored(Cell cell) {
    return cell instanceof Cell.Bytes && isText() && !column.charset().isEmpty();
  }

  /** An identifier in backquotes. */
  public static String quoted(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  public String name() {
    return quoted(column.name());
  }

  /** One question mark, as a value of the column. */
  public String written() {
    return switch (column.kind()) {
      case BIT, YEAR -> "CAST(? AS UNSIGNED)";
      case JSON -> json ? "CAST(CONVERT(? USING utf8mb4) AS JSON)" : text("?");
      default -> isText() ? text("?") : "?";
    };
  }

  /** Bytes become text of the character set that they were sent in, text is converted to it. */
  private String text(String what) {
    return "CONVERT(" + what + " USING " + sent + ")";
  }

  /** The column found by its index; one question mark. */
  public String sought() {
    if (isText()) {
      return name() + " = CONVERT(" + text("?") + " USING " + charset + ") COLLATE " + collation;
    }
    return name() + " = " + (column.kind() == ColumnKind.BIT ? "CAST(? AS UNSIGNED)" : "?");
  }

  /** The column exactly equal, NULL to NULL; one question mark. */
  public String same() {
    return switch (column.kind()) {
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, DECIMAL, FLOAT, DOUBLE -> name() + " <=> ?";
      case BIT, YEAR -> name() + " + 0 <=> CAST(? AS UNSIGNED)";
      case DATE, TIME, DATETIME, TIMESTAMP, UUID, INET4, INET6 ->
          "CAST(" + name() + " AS CHAR) <=> ?";
      case BINARY, VARBINARY, BLOB -> name() + " <=> ?";
      case GEOMETRY, VECTOR -> "CAST(" + name() + " AS BINARY) <=> ?";
      case JSON -> json ? name() + " <=> " + written() : sameText();
      case CHAR, VARCHAR, TEXT, ENUM, SET -> sameText();
    };
  }

  private String sameText() {
    String here = charset.equals(sent) ? name() : text(name());
    return "CAST(" + here + " AS BINARY) <=> ?";
  }

  /** The value, in the form in which changes have it; {@link #cell} takes it. */
  public String read() {
    return switch (column.kind()) {
      case FLOAT, DOUBLE -> "CAST(" + name() + " AS DOUBLE)";
      case BIT -> "CAST(" + name() + " + 0 AS CHAR)";
      case CHAR, VARCHAR, TEXT -> "CAST(" + name() + " AS BINARY)";
      case BINARY, VARBINARY, BLOB, GEOMETRY, VECTOR -> name();
      default -> "CAST(" + name() + " AS CHAR)";
    };
  }

  public boolean isNumber() {
    return switch (column.kind()) {
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, DECIMAL, FLOAT, DOUBLE, BIT, YEAR -> true;
      default -> false;
    };
  }

  public boolean isText() {
    return switch (column.kind()) {
      case CHAR, VARCHAR, TEXT, ENUM, SET -> true;
      case JSON -> !json;
      default -> false;
    };
  }

  /** Sets the parameter (from 1) of {@link #written}, {@link #sought} or {@link #same}. */
  public void bind(PreparedStatement statement, int parameter, Cell cell) throws SQLException {
    if (cell instanceof Cell.Null) {
      statement.setNull(parameter, nullType());
    } else if (cell instanceof Cell.Bytes bytes) {
      statement.setBytes(parameter, bytes.value());
    } else if (cell instanceof Cell.Text text) {
      bind(statement, parameter, text.value());
    }
  }

  private void bind(PreparedStatement statement, int parameter, String value) throws SQLException {
    switch (column.kind()) {
      case TINYINT, SMALLINT, MEDIUMINT, INT, YEAR ->
          statement.setLong(parameter, Long.parseLong(value));
      case BIGINT, DECIMAL, BIT -> statement.setBigDecimal(parameter, new BigDecimal(value));
      case CHAR, VARCHAR, TEXT, ENUM, SET, JSON ->
          statement.setBytes(parameter, value.getBytes(StandardCharsets.UTF_8));
      // the server reads a text as the nearest double, and -0 as -0; a number it reads as DECIMAL
      default -> statement.setString(parameter, value);
    }
  }

  private int nullType() {
    return switch (column.kind()) {
      case TINYINT, SMALLINT, MEDIUMINT, INT, YEAR -> Types.BIGINT;
      case BIGINT, DECIMAL, BIT -> Types.DECIMAL;
      case FLOAT, DOUBLE, DATE, TIME, DATETIME, TIMESTAMP, UUID, INET4, INET6 -> Types.VARCHAR;
      default -> Types.VARBINARY;
    };
  }

  /** The cell at that place (from 1) of a row that was read with {@link #read}. */
  public Cell cell(ResultSet row, int at) throws SQLException {
    if (column.kind() == ColumnKind.FLOAT || column.kind() == ColumnKind.DOUBLE) {
      double value = row.getDouble(at);
      return row.wasNull() ? Cell.NULL : new Cell.Text(ServerDouble.text(value));
    }
    byte @Nullable [] value = row.getBytes(at);
    if (value == null) {
      return Cell.NULL;
    }
    return switch (column.kind()) {
      case BINARY, VARBINARY, BLOB, GEOMETRY, VECTOR -> new Cell.Bytes(value);
      case CHAR, VARCHAR, TEXT -> StoredText.cell(charset, value);
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, DECIMAL ->
          new Cell.Text(withoutFill(utf8(value)));
      default -> new Cell.Text(utf8(value));
    };
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
