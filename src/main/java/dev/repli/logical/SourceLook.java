package dev.repli.logical;

import dev.repli.plan.Plan;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;

/** Whether the source can be gone back to. Changes nothing. */
@FunctionalInterface
public interface SourceLook {
  /** Looks as part of a run, and writes down what was found. */
  Findings check(RunKey run, Plan plan);
}
