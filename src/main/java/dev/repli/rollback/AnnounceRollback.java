package dev.repli.rollback;

import dev.repli.journal.Journal;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.List;

/** Step 2: says that the rollback begins and how long it takes. */
final class AnnounceRollback implements RollbackStep {
  private final Journal journal;

  AnnounceRollback(Journal journal) {
    this.journal = journal;
  }

  @Override
  public StepName name() {
    return StepName.ANNOUNCEMENT;
  }

  @Override
  public Findings perform(RunKey run, Plan plan, boolean dryRun) {
    String text =
        "Rollback of %s (incident %s) begins; the writer moves from %s to %s within %s."
            .formatted(
                plan.title(),
                run,
                plan.target().label(),
                plan.source().label(),
                Words.of(plan.steps().execution()));
    Announcements.in(journal, dryRun).announce(run, text);
    return new Findings(List.of(Finding.good("announced", "journal", text)));
  }
}
