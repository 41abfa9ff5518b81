package dev.repli.comparison;

import dev.repli.comparison.TableShape.Column;
import java.util.Set;

/** How a key column is written into a {@link Key}, and whether both nodes order it alike. */
public enum KeyForm {
  /** Digits. */
  NUMBER,
  /** All digits of a floating point number. */
  APPROXIMATE,
  /** The number behind a bit field, an ENUM or a SET: what its index is ordered by. */
  ORDINAL,
  /** Hexadecimal UTF-8. */
  TEXT,
  /** As {@link #TEXT}, but the nodes order it differently. */
  UNORDERED_TEXT,
  /** Hexadecimal bytes. */
  BYTES,
  /** As the server writes it: times, uuid, inet. */
  QUOTED;

  private static final Set<String> LABELS = Set.of("enum", "set");
  private static final Set<String> BINARIES =
      Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");
  private static final Set<String> NUMBERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year");

  static KeyForm of(Column from, Column to) {
    if (LABELS.contains(from.type())) {
      boolean same =
          from.fullType().equals(to.fullType()) && from.collation().equals(to.collation());
      return same ? ORDINAL : UNORDERED_TEXT;
    }
    if (!from.charset().isEmpty() || !from.type().equals(to.type())) {
      boolean same = from.collation().equals(to.collation()) && !to.collation().isEmpty();
      return same ? TEXT : UNORDERED_TEXT;
    }
    if (NUMBERS.contains(from.type())) {
      return NUMBER;
    }
    if (from.type().equals("bit")) {
      return ORDINAL;
    }
    if (BINARIES.contains(from.type())) {
      return BYTES;
    }
    return from.type().equals("float") || from.type().equals("double") ? APPROXIMATE : QUOTED;
  }
}
