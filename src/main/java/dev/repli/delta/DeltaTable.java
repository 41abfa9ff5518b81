package dev.repli.delta;

import java.util.List;

/**
 * A table's shape as of a change. All rows after it in a stream have this shape until another one
 * of the same name comes.
 *
 * @param columns stored columns in the table's order, invisible ones too
 * @param primaryKey places in {@link #columns} in the key's order; empty without a primary key
 */
public record DeltaTable(
    String schema, String name, List<DeltaColumn> columns, List<Integer> primaryKey) {
  public DeltaTable {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
  }

  /** For people: {@code shop.orders}. */
  public String fullName() {
    return schema + "." + name;
  }
}
