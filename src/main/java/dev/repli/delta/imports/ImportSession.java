package dev.repli.delta.imports;

import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaTable;
import java.util.List;
import java.util.Optional;

/**
 * One connection that writes changes into a node. Not for use by several threads. Every method
 * throws {@link dev.repli.database.NodeException}; the open transaction is then lost.
 */
public interface ImportSession extends AutoCloseable {
  /** How far the import is. Waits for an earlier session of it to end its transaction. */
  Optional<Checkpoint> checkpoint(ImportId id);

  /**
   * As {@link #checkpoint}; from here to the next {@link #rollback} no other session can hold
   * changes of the import or go on with it.
   */
  Optional<Checkpoint> lockedCheckpoint(ImportId id);

  /** What the node says of a table. */
  Readiness readiness(DeltaTable table);

  /** Whether a table can be imported into. */
  sealed interface Readiness {
    /** It can. */
    record Ready(TargetTable table) implements Readiness {}

    /** It cannot, why, and what would help. */
    record NotReady(List<String> reasons) implements Readiness {
      public NotReady {
        reasons = List.copyOf(reasons);
      }
    }
  }

  /** Whether transactions from this one on can keep their ids here. */
  boolean canKeep(String gtid);

  /**
   * Begins a transaction.
   *
   * @param gtid that it shall have in the node's binary log; empty for one of the node's own
   */
  void begin(Optional<String> gtid);

  /**
   * Applies changes of one table and one kind, each of another row, in their order.
   *
   * @return one outcome for each, in the same order
   */
  List<RowOutcome> apply(TargetTable table, List<? extends RowChange> changes);

  /**
   * Before changes are held in the open transaction: from here to its end no other session can go
   * on with the import, so that a session that is late leaves nothing behind.
   *
   * @param known as for {@link #commit}
   * @throws ImportException when another session has gone on with the import meanwhile
   */
  void keepOthersOut(ImportId id, Optional<Checkpoint> known);

  /**
   * The same once more while whoever decides about held changes has to wait: an answer that does
   * not come within seconds counts as a lost session.
   */
  default void stillKeepOthersOut(ImportId id, Optional<Checkpoint> known) {
    keepOthersOut(id, known);
  }

  /**
   * Commits, together with how far the import is now.
   *
   * @param known the checkpoint that this session has last read or written for the import
   * @param lastLook right before, while no other session can read how far the import is; nothing is
   *     committed when it throws
   * @throws ImportException when another session has gone on with the import meanwhile
   */
  void commit(ImportId id, Optional<Checkpoint> known, Checkpoint reached, Runnable lastLook);

  /** Undoes what was applied since {@link #begin}. */
  void rollback();

  @Override
  void close();
}
