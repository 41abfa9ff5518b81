package dev.repli.delta;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many rows changed.
 *
 * @param tables by full name
 */
public record DeltaCounts(long transactions, Map<String, Table> tables) {
  public static final DeltaCounts NONE = new DeltaCounts(0, Map.of());

  public DeltaCounts {
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
  }

  /**
   * Of one table.
   *
   * @param found rows of an incomplete delta, of which more is not known
   */
  public record Table(long inserts, long updates, long deletes, long found) {
    static final Table NONE = new Table(0, 0, 0, 0);

    Table plus(DeltaEvent.RowChange change) {
      if (change instanceof DeltaEvent.Insert) {
        return new Table(inserts + 1, updates, deletes, found);
      }
      if (change instanceof DeltaEvent.Update) {
        return new Table(inserts, updates + 1, deletes, found);
      }
      if (change instanceof DeltaEvent.Delete) {
        return new Table(inserts, updates, deletes + 1, found);
      }
      return new Table(inserts, updates, deletes, found + 1);
    }

    long rows() {
      return inserts + updates + deletes + found;
    }
  }

  public long rows() {
    return tables.values().stream().mapToLong(Table::rows).sum();
  }

  /** Counts while reading. */
  public static final class Counter {
    private final Map<String, Table> tables;
    private final java.util.IdentityHashMap<DeltaTable, String> names =
        new java.util.IdentityHashMap<>();
    private final Map<String, DeltaTable> shapes = new TreeMap<>();
    private long transactions;

    public Counter(DeltaCounts from) {
      this.tables = new TreeMap<>(from.tables);
      this.transactions = from.transactions;
    }

    public void count(DeltaEvent event) {
      if (event instanceof DeltaEvent.RowChange change) {
        String name = names.computeIfAbsent(change.table(), this::meet);
        tables.merge(name, Table.NONE.plus(change), (before, one) -> before.plus(change));
      } else if (event instanceof DeltaEvent.End) {
        transactions++;
      }
    }

    private String meet(DeltaTable table) {
      shapes.put(table.fullName(), table);
      return table.fullName();
    }

    /** Each table that was met, as it was met last. */
    public Collection<DeltaTable> shapes() {
      return shapes.values();
    }

    public DeltaCounts counts() {
      return new DeltaCounts(transactions, tables);
    }
  }
}
