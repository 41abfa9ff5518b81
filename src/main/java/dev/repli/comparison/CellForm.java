package dev.repli.comparison;

import dev.repli.comparison.TableShape.Column;
import dev.repli.comparison.TableShape.Period;
import java.util.Set;

/** How a column is read so that equal values are equal on both nodes and others are not. */
public enum CellForm {
  /** As the server writes it: whole and decimal numbers, times. */
  PLAIN,
  /** The stored bytes. */
  BYTES,
  /** Text in one character set, since the nodes store it in different ones. */
  CONVERTED,
  /** With all digits: the server rounds a FLOAT when it writes it. */
  APPROXIMATE,
  /** A bit field as a number. */
  BITS,
  /** End of a row's version, where "still current" is another instant on another release. */
  ROW_END;

  private static final Set<String> APPROXIMATES = Set.of("float", "double");
  private static final Set<String> PLAINS =
      Set.of(
          "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "decimal",
          "year",
          "date",
          "time",
          "datetime",
          "timestamp");

  static CellForm of(Column from, Column to) {
    if (from.period() == Period.ROW_END) {
      return ROW_END;
    }
    CellForm one = of(from);
    boolean sameBytes = one == of(to) && from.charset().equals(to.charset());
    return sameBytes && (one != BYTES || sameStorage(from, to)) ? one : CONVERTED;
  }

  /** MySQL stores JSON and uuid-like types in ways of its own; as text they are alike. */
  private static boolean sameStorage(Column from, Column to) {
    boolean texts = !from.charset().isEmpty();
    return !from.type().equals("json") && (texts || from.type().equals(to.type()));
  }

  private static CellForm of(Column column) {
    if (PLAINS.contains(column.type())) {
      return PLAIN;
    }
    if (APPROXIMATES.contains(column.type())) {
      return APPROXIMATE;
    }
    return column.type().equals("bit") ? BITS : BYTES;
  }
}
