package dev.repli.reversibility;

import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Compares what others see of a plan all the time, and has the ways back measured soon when that is
 * another than before. It has to be seen twice: while a writer moves, nobody should look.
 */
final class NoticeChanges {
  private final Plans plans;
  private final Function<Plan, String> sight;
  private final Runnable soon;
  private final Map<PlanId, String> last = new HashMap<>();
  private final Map<PlanId, String> measured = new HashMap<>();

  /**
   * @param sight what is seen of a plan now, in words that stay the same as long as it does
   * @param soon has all plans measured
   */
  NoticeChanges(Plans plans, Function<Plan, String> sight, Runnable soon) {
    this.plans = plans;
    this.sight = sight;
    this.soon = soon;
  }

  /** Looks once. */
  void tick() {
    boolean changed = false;
    for (Plan plan : plans.all()) {
      changed |= isNews(plan.id(), plan.contentHash() + " " + sight.apply(plan));
    }
    if (changed) {
      soon.run();
    }
  }

  private boolean isNews(PlanId plan, String now) {
    if (!now.equals(last.put(plan, now))) {
      return false;
    }
    String before = measured.put(plan, now);
    return before != null && !before.equals(now);
  }
}
