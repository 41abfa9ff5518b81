package dev.repli.cutover;

import dev.repli.plan.Plan;
import java.util.Map;

/** Measures what is normal before anything changes, so that it can be compared with afterwards. */
public interface MeasureNormal {
  /** For a place without metrics. */
  MeasureNormal NONE = plan -> Map.of();

  /**
   * Measures now; at most some 10 s.
   *
   * @return numbers by the names of their metrics; empty when there is nothing to measure
   */
  Map<String, String> measure(Plan plan);
}
