package dev.repli.delta.imports;

import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.Row;
import java.util.Optional;
import java.util.Set;

/**
 * A change that was not applied.
 *
 * @param number which of the import's changes it is, from 1
 * @param group number of the first change that is held of the same row: they are decided together
 * @param rows hashes of the rows that it is about
 * @param now the row as it was found; empty when there was none, and for those that wait
 * @param error the node's answer; empty when it was not asked
 */
public record HeldChange(
    long number,
    long group,
    Kind kind,
    RowChange change,
    Set<String> rows,
    Optional<Row> now,
    String error) {
  public HeldChange {
    rows = Set.copyOf(rows);
  }

  /** Why it is held. */
  public enum Kind {
    /** The row is not as it was before the change. */
    CONFLICT,
    /** The node refuses the change. */
    DEAD_LETTER,
    /** An earlier change of the same row is held. */
    WAITING
  }
}
