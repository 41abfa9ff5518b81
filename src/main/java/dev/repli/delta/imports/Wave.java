package dev.repli.delta.imports;

import dev.repli.delta.Cell;
import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Changes that can be applied together, whatever the order of their tables: no two of one row, and
 * nothing around a table whose rows depend on other rows.
 */
final class Wave {
  private static final int MOST_CHANGES = 1000;
  private static final long MOST_BYTES = 1L << 20;

  /** A change, and which of the import's it is. */
  record Numbered(long number, RowChange change, Set<String> rows) {}

  /** Changes of one table and one kind. */
  record Part(TargetTable table, Class<?> kind) {
    /** Not of all its columns for each of millions of changes. */
    @Override
    public int hashCode() {
      return 31 * table.shape().name().hashCode() + kind.hashCode();
    }
  }

  private final Map<Part, List<Numbered>> parts = new LinkedHashMap<>();
  private final Set<String> rows = new HashSet<>();
  private int changes;
  private long bytes;

  /** Whether it can be added without changing what the whole does. */
  boolean takes(TargetTable table, Numbered change) {
    if (changes >= MOST_CHANGES || bytes >= MOST_BYTES) {
      return false;
    }
    if (!Collections.disjoint(rows, change.rows())) {
      return false;
    }
    if (table.alone()) {
      return parts.keySet().stream().allMatch(part -> part.table().alone());
    }
    return parts.isEmpty()
        || (parts.size() == 1 && parts.containsKey(new Part(table, change.change().getClass())));
  }

  void add(TargetTable table, Numbered change) {
    parts
        .computeIfAbsent(new Part(table, change.change().getClass()), part -> new ArrayList<>())
        .add(change);
    rows.addAll(change.rows());
    changes++;
    bytes += bytes(change.change());
  }

  Map<Part, List<Numbered>> parts() {
    return parts;
  }

  boolean isEmpty() {
    return changes == 0;
  }

  void clear() {
    parts.clear();
    rows.clear();
    changes = 0;
    bytes = 0;
  }

  private static long bytes(RowChange change) {
    if (change instanceof Insert insert) {
      return bytes(insert.after());
    }
    if (change instanceof Update update) {
      return bytes(update.before()) + bytes(update.after());
    }
    return change instanceof Delete delete ? bytes(delete.before()) : 0;
  }

  private static long bytes(Row row) {
    long sum = 0;
    for (int i = 0; i < row.size(); i++) {
      Cell cell = row.cell(i);
      if (cell instanceof Cell.Text text) {
        sum += text.value().length();
      } else if (cell instanceof Cell.Bytes raw) {
        sum += raw.value().length;
      }
    }
    return sum;
  }
}
