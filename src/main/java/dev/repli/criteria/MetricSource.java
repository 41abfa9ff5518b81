package dev.repli.criteria;

import dev.repli.plan.CriteriaRules;
import dev.repli.plan.Plan;
import java.util.Optional;

/** Reads metrics where a plan says that they are. One implementation per kind of source. */
public interface MetricSource {

  /** Whether it reads this kind. */
  boolean reads(CriteriaRules.Metrics metrics);

  /**
   * Reads those metrics of the plan now; at most some 10 s. A metric that cannot be read is not in
   * the sample.
   *
   * @return empty when there is nothing to read, because values are pushed
   */
  Optional<Sample> read(Plan plan, CriteriaRules.Metrics metrics);
}
