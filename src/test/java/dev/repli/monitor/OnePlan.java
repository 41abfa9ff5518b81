package dev.repli.monitor;

import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import java.util.List;
import java.util.Optional;

/** The only plan there is. */
record OnePlan(Plan plan) implements Plans {
  @Override
  public List<Plan> all() {
    return List.of(plan);
  }

  @Override
  public Optional<Plan> find(PlanId id) {
    return Optional.of(plan).filter(one -> one.id().equals(id));
  }
}
