package dev.repli.criteria;

import dev.repli.plan.Plan;
import java.util.Optional;

/** What is normal for a plan. */
public interface Baselines {
  /** The plan's own figure. */
  Baselines OF_PLAN = plan -> plan.criteria().baseline().latencyP95Ms().map(Integer::doubleValue);

  /** Normal 95th percentile in milliseconds; empty when nobody recorded it. */
  Optional<Double> latency(Plan plan);
}
