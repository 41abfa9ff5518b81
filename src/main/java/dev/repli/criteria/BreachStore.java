package dev.repli.criteria;

import dev.repli.plan.PlanId;
import java.util.List;

/** Keeps breaches, so that no restart loses one. */
public interface BreachStore {

  List<Breach> of(PlanId plan);

  /** In place of what was known of the same criterion. */
  void keep(PlanId plan, List<Breach> breaches);

  /** As {@link #keep}, but whether an alert asserts a criterion stays as it is. */
  void measured(PlanId plan, List<Breach> breaches);
}
