package dev.repli.delta.conflict;

import java.util.List;

/** What became of a decision. Only {@link Done} has changed something. */
public sealed interface DecisionOutcome {
  /**
   * It is made.
   *
   * @param rows of the node that were written
   */
  record Done(Decision decision, int rows) implements DecisionOutcome {}

  /** The row or its changes are others than the person saw. */
  record Changed(Conflict now) implements DecisionOutcome {}

  /**
   * The node refuses the row.
   *
   * @param error its answer; may contain values of the row
   */
  record Refused(String error) implements DecisionOutcome {}

  /** This cannot be done here. */
  record Invalid(List<String> reasons) implements DecisionOutcome {
    public Invalid {
      reasons = List.copyOf(reasons);
    }
  }

  /** Somebody was faster. */
  record AlreadyDecided(Decision decision) implements DecisionOutcome {}

  /** The import has no such conflict. */
  record Unknown() implements DecisionOutcome {}
}
