package dev.repli.delta.conflict;

import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportSession.Readiness;
import dev.repli.delta.imports.RowOutcome;
import dev.repli.delta.imports.TargetTable;
import java.util.List;
import java.util.Optional;

/**
 * One connection to the node that was imported into. Not for use by several threads. Every method
 * throws {@link dev.repli.database.NodeException}; the open transaction is then lost.
 */
public interface ConflictSession extends AutoCloseable {
  /** How far the import is; what was held later is not committed. Outside of a transaction. */
  Optional<Checkpoint> checkpoint(ImportId id);

  /** Every decision that the node has, oldest first. Outside of a transaction. */
  List<Decision> decisions(ImportId id);

  /** The last change of the group that a decision on the node covers; 0 without one. */
  long decidedThrough(ImportId id, long group);

  /** What the node says of a table. */
  Readiness readiness(DeltaTable table);

  /** Begins a transaction. */
  void begin();

  /**
   * The row with the key of this one, which nobody else changes until the transaction's end.
   *
   * @param table has a key
   */
  Optional<Row> find(TargetTable table, Row like);

  /** Writes, if the row is exactly as the change has it before. */
  RowOutcome apply(TargetTable table, RowChange change);

  /** The statement of {@link #apply} with its values, as it would be sent. */
  String statement(TargetTable table, RowChange change);

  /** Commits, together with the decision itself. */
  void commit(ImportId id, Decision decision);

  /** Undoes what was written since {@link #begin}. */
  void rollback();

  @Override
  void close();
}
