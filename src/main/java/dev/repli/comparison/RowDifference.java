package dev.repli.comparison;

import java.util.List;

/**
 * A row that is not the same. No value but the key's is shown.
 *
 * @param key for people: {@code id=42}
 * @param columns names of those that differ; empty when one side has no such row
 */
public record RowDifference(String key, Side side, List<String> columns) {
  public RowDifference {
    columns = List.copyOf(columns);
  }

  /** Who has the row. */
  public enum Side {
    /** The writing node only. */
    ONLY_FROM,
    /** The other node only. */
    ONLY_TO,
    /** Both, with other values. */
    BOTH
  }
}
