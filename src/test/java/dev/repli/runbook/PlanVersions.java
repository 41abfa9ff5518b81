package dev.repli.runbook;

import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** All versions of one plan, the newest last. */
public final class PlanVersions implements Plans {
  private final Deque<Plan> kept = new ArrayDeque<>();

  /** From now on the plan's file says this. */
  public void add(Plan plan) {
    kept.add(plan);
  }

  @Override
  public List<Plan> all() {
    return List.of(kept.getLast());
  }

  @Override
  public Optional<Plan> find(PlanId id) {
    return Optional.of(kept.getLast()).filter(plan -> plan.id().equals(id));
  }

  @Override
  public Optional<Plan> version(PlanId id, String contentHash) {
    return kept.stream().filter(plan -> plan.contentHash().equals(contentHash)).findFirst();
  }
}
