package dev.repli.reversibility;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The team's decision table {@code RollbackStrategy}. */
public interface StrategyTable {

  /**
   * The ways that may be gone, the preferred one first; empty when none may.
   *
   * @param ways as they were measured; one that is not among them counts as {@link State#UNKNOWN}
   * @param windowLeft of the rollback window; empty when none is known
   */
  List<Strategy> order(Collection<WayBack> ways, Optional<Duration> windowLeft);
}
