package dev.repli.cutover;

import dev.repli.plan.Plan;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;

/**
 * A criterion that stays armed while a cutover is watched. Another one is another bean; what it
 * finds bad asks people.
 */
public interface WatchCriterion {
  /** Looks once; at most some 20 s. */
  Findings judge(RunKey run, Plan plan);
}
