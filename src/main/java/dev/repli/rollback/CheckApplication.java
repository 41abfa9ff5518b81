package dev.repli.rollback;

import dev.repli.plan.Plan;
import dev.repli.run.RunKey;

/** First half of step 5: the plan's HTTP checks. People confirm the journeys in the second. */
public final class CheckApplication {
  private final PlanChecks checks;
  private final StepJournal journal;

  CheckApplication(PlanChecks checks, StepJournal journal) {
    this.checks = checks;
    this.journal = journal;
  }

  public Findings check(RunKey run, Plan plan) {
    Findings findings = checks.http(plan);
    journal.found(run, StepName.VALIDATION, findings);
    return findings;
  }
}
