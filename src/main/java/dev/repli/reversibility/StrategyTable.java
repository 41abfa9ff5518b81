package dev.repli.reversibility;

import java.util.List;
import java.util.Map;

/** The team's decision table {@code RollbackStrategy}. */
public interface StrategyTable {

  /**
   * The ways that may be gone, the preferred one first; empty when none may.
   *
   * @param states a way that is not among them counts as {@link State#UNKNOWN}
   */
  List<Strategy> order(Map<Strategy, State> states);
}
