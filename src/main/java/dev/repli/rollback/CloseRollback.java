package dev.repli.rollback;

import dev.repli.journal.Journal;
import dev.repli.journal.Ledger;
import dev.repli.journal.Ledgers;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.List;

/** Step 6: says that the rollback is over and what it cost. */
final class CloseRollback implements RollbackStep {
  private final Journal journal;

  CloseRollback(Journal journal) {
    this.journal = journal;
  }

  @Override
  public StepName name() {
    return StepName.CLOSING;
  }

  @Override
  public Findings perform(RunKey run, Plan plan, boolean dryRun) {
    String text =
        "Rollback of %s (incident %s) is done; the writer is %s. %s"
            .formatted(
                plan.title(),
                run,
                plan.source().label(),
                new Ledgers(journal)
                    .find(run)
                    .map(signed -> inWords(signed.ledger()))
                    .orElse("There is no ledger."));
    Announcements.in(journal, dryRun).announce(run, text);
    return new Findings(List.of(Finding.good("announced", "journal", text)));
  }

  private static String inWords(Ledger ledger) {
    if (!ledger.probed()) {
      return "The plan switches the probe off, so nothing proves that no write was lost.";
    }
    return "Without a writer for %s; of %d acknowledged writes of the probe %d lost, %d duplicated; %d transactions aborted."
        .formatted(
            ledger.writeOutage().map(Words::of).orElse("an unknown time"),
            ledger.acknowledged(),
            ledger.lost(),
            ledger.duplicated(),
            ledger.aborted());
  }
}
