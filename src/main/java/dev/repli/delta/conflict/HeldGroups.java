package dev.repli.delta.conflict;

import dev.repli.delta.imports.HeldChange;
import dev.repli.delta.imports.ImportId;
import java.util.List;
import java.util.Optional;

/** Held changes as they are decided: row by row. Repeatable. */
public interface HeldGroups {
  /** What became of held changes. */
  enum State {
    OPEN,
    RESOLVED,
    DEAD_LETTERED
  }

  /**
   * In the order in which they were held.
   *
   * @param table {@code schema.table}; empty for all
   * @param after only groups with a higher number
   * @param upTo only changes up to this number, which the node has committed
   */
  List<HeldGroup> page(
      ImportId id, State state, Optional<String> table, long after, long upTo, int most);

  /** What of a group waits for a decision; empty when nothing does. */
  Optional<HeldGroup> open(ImportId id, long group, long upTo);

  /** The newest decision about a group, if there is one. */
  Optional<Decision> newest(ImportId id, long group);

  /** Changes of a group that wait for a decision, in their order, those after a number. */
  List<HeldChange> changes(ImportId id, HeldGroup group, long after, int most);

  /** Marks what the decision covers, and lets the row go when nothing of it waits any more. */
  void decided(ImportId id, Decision decision);

  /** Every table of which something waits for a decision, with what became of its changes. */
  List<TableCount> tables(ImportId id);

  /** What became of everything that the import has held. */
  default ConflictCounts counts(ImportId id) {
    return tables(id).stream()
        .map(TableCount::counts)
        .reduce(ConflictCounts.NONE, ConflictCounts::plus);
  }

  /**
   * Changes of one table.
   *
   * @param table {@code schema.table}
   */
  record TableCount(String table, ConflictCounts counts) {}
}
