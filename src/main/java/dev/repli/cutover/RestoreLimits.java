package dev.repli.cutover;

import dev.repli.plan.Plan;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;

/**
 * Gives every route its limit back where nothing else of the run looks at the routes any more.
 * Never in the way of what comes next: what did not work is in the journal.
 */
public final class RestoreLimits {
  private final RouteLimits limits;
  private final CutoverJournal journal;

  RestoreLimits(RouteLimits limits, CutoverJournal journal) {
    this.limits = limits;
    this.journal = journal;
  }

  /** Repeatable. */
  public Findings restore(RunKey run, Plan plan) {
    return journal.found(run, CutoverStep.UNDO, limits.restore(run, plan));
  }
}
