package dev.repli.comparison;

import java.util.List;
import java.util.Optional;

/**
 * A table as one node has it.
 *
 * @param columns that are stored, in order; invisible ones too, virtual ones not
 * @param key name of the primary key or else of a unique key without NULL or prefix
 * @param keyColumns of that key, in order; empty when there is none
 * @param versioned whether it keeps old versions of rows (system versioning)
 */
public record TableShape(
    List<Column> columns, Optional<String> key, List<String> keyColumns, boolean versioned) {
  public TableShape {
    columns = List.copyOf(columns);
    keyColumns = List.copyOf(keyColumns);
  }

  /**
   * One column.
   *
   * @param type the server's word without lengths, lower case
   * @param fullType with lengths and labels
   * @param charset empty for types without one
   * @param collation empty for types without one
   */
  public record Column(
      String name, String type, String fullType, String charset, String collation, Period period) {}

  /** What a column is to system versioning. */
  public enum Period {
    NONE,
    ROW_START,
    ROW_END
  }

  Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
