package dev.repli.comparison;

import dev.repli.plan.Node;
import dev.repli.plan.PlanId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What comparisons have done so far. Every write is committed when the method returns. */
public interface ComparisonStore {
  /**
   * Begins, or finds what was begun.
   *
   * @throws IllegalArgumentException when the id was used for another plan or direction
   */
  void begin(ComparisonRequest request, Instant now);

  /** Takes note of the tables; those that are known stay as they are. */
  void tables(ComparisonId id, List<TableName> tables);

  /** Where to go on in a table; empty when nothing of it is compared or it is decided. */
  Optional<Partial> partial(ComparisonId id, TableName table);

  /** One more part is compared. */
  void compared(ComparisonId id, TableName table, Partial soFar, List<RowDifference> found);

  /** A table is done, replacing what was known of it; an undecided one is looked at again. */
  void decided(ComparisonId id, TableResult result);

  void ended(ComparisonId id, Instant at);

  /** What is known; tables that are not decided are left out. */
  Optional<Stored> find(ComparisonId id);

  /** The newest that has ended. */
  Optional<ComparisonResult> newest(PlanId plan, Node.Role from, Node.Role to);

  Optional<TableComparison.Progress> progress(ComparisonId id);

  /**
   * A part of a table.
   *
   * @param next where the next part begins
   * @param rows read so far
   * @param found differences so far
   */
  record Partial(Key next, long rows, List<RowDifference> found) {
    public Partial {
      found = List.copyOf(found);
    }
  }

  /** A comparison with its decided tables. */
  record Stored(Instant startedAt, Optional<Instant> endedAt, List<TableResult> tables) {
    public Stored {
      tables = List.copyOf(tables);
    }
  }
}
