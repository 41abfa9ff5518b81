package dev.repli.rollback;

import dev.repli.plan.Plan;
import dev.repli.run.RunKey;

/** A step of the rollback that needs no person unless it fails. May run twice. */
public interface RollbackStep {
  /** Two for one name fail at start. */
  StepName name();

  /**
   * Performs it.
   *
   * @param dryRun look, but do not act
   * @return what it found; the step failed unless they are {@link Findings#good()}
   */
  Findings perform(RunKey run, Plan plan, boolean dryRun);
}
