package dev.repli.delta.imports;

import dev.repli.delta.Row;
import java.util.Optional;

/** What became of one change. */
public sealed interface RowOutcome {
  RowOutcome APPLIED = new Applied();
  RowOutcome ALREADY_THERE = new AlreadyThere();

  /** The row was as before the change; now it is as after it. */
  record Applied() implements RowOutcome {}

  /** The row was as after the change. */
  record AlreadyThere() implements RowOutcome {}

  /**
   * The row is neither; nothing was written.
   *
   * @param now the row as it is; empty when there is none, or none that can be told
   */
  record Conflict(Optional<Row> now) implements RowOutcome {}

  /**
   * The row is as before the change, but the node refuses the change; nothing was written.
   *
   * @param error the node's answer; may contain values of the row
   */
  record Refused(String error) implements RowOutcome {}
}
