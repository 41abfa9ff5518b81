package dev.repli.logical;

import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How fast parts of earlier deltas were read and imported. */
public interface DeltaPace {
  /**
   * One part that was done from its beginning to its end.
   *
   * @param part {@link DeltaPart#EXTRACT} or {@link DeltaPart#IMPORT}
   * @param changes rows changed
   * @param transactions of the target in which they were; 0 of an import, which does not count them
   */
  record Leg(
      PlanId plan,
      DeltaPart part,
      RunKey run,
      long changes,
      long transactions,
      Duration took,
      Instant ended) {}

  void keep(Leg leg);

  /** The newest first, so many at most. */
  List<Leg> newest(PlanId plan, DeltaPart part, int most);
}
