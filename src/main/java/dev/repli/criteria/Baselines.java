package dev.repli.criteria;

import dev.repli.plan.Plan;
import java.time.Instant;
import java.util.Optional;

/** What is normal for a plan. */
public interface Baselines {
  /** The plan's own figure. */
  Baselines OF_PLAN = plan -> plan.criteria().baseline().latencyP95Ms().map(Integer::doubleValue);

  /** Normal 95th percentile in milliseconds; empty when nobody recorded it. */
  Optional<Double> latency(Plan plan);

  /**
   * When the writer moved last; empty when nobody knows of a move. What was counted before is about
   * data that nobody serves any more.
   */
  default Optional<Instant> writerMoved(Plan plan) {
    return Optional.empty();
  }
}
