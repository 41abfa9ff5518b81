package dev.repli.delta.imports.jdbc;

import dev.repli.delta.Cell;
import dev.repli.delta.imports.jdbc.TableSql.Bound;
import dev.repli.delta.sql.ColumnSql;
import java.util.HexFormat;

/** A statement with its values in it, for people to read before it is run. */
final class SqlText {
  private SqlText() {}

  static String of(Bound bound) {
    StringBuilder text = new StringBuilder();
    boolean name = false;
    int value = 0;
    for (char letter : bound.sql().toCharArray()) {
      if (letter == '`') {
        name = !name;
      }
      if (letter == '?' && !name) {
        text.append(literal(bound.places().get(value), bound.values().get(value)));
        value++;
      } else {
        text.append(letter);
      }
    }
    return text.append(';').toString();
  }

  private static String literal(ColumnSql column, Cell cell) {
    if (cell instanceof Cell.Bytes bytes) {
      return bytes.value().length == 0 ? "''" : "0x" + HexFormat.of().formatHex(bytes.value());
    }
    if (cell instanceof Cell.Text text) {
      return column.isNumber() ? text.value() : quoted(text.value());
    }
    return "NULL";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
