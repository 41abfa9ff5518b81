package dev.repli.cutover;

import dev.repli.journal.Journal;
import dev.repli.journal.Ledger;
import dev.repli.journal.Ledgers;
import dev.repli.plan.Plan;
import dev.repli.rollback.Announcements;
import dev.repli.rollback.Losses;
import dev.repli.rollback.NodeVersions;
import dev.repli.rollback.Words;
import dev.repli.run.RunKey;
import java.util.HashMap;
import java.util.Map;

/** Says that the cutover is done and what it cost. */
public final class CloseCutover {
  private final Journal journal;

  CloseCutover(Journal journal) {
    this.journal = journal;
  }

  public void close(RunKey run, Plan plan) {
    Map<String, String> facts = new HashMap<>(new Losses(journal).facts(run));
    facts.putAll(new NodeVersions(journal).facts(run, plan));
    facts.put(Announcements.MESSAGE, "cutover-done");
    facts.put("toNode", plan.target().label());
    facts.put("windowMs", Long.toString(plan.rollbackWindow().toMillis()));
    Announcements.in(journal, false)
        .announce(
            run,
            "Cutover of %s is done; the writer is %s. %s The way back stays open for %s."
                .formatted(
                    plan.title(),
                    plan.target().label(),
                    new Ledgers(journal)
                        .find(run)
                        .map(signed -> inWords(signed.ledger()))
                        .orElse("There is no ledger."),
                    Words.of(plan.rollbackWindow())),
            facts);
  }

  /** What a switch cost, for people. */
  static String inWords(Ledger ledger) {
    if (!ledger.probed()) {
      return "The plan switches the probe off, so nothing proves that no write was lost.";
    }
    return "Without a writer for %s; %d writes acknowledged, %d lost, %d duplicated; %d transactions aborted."
        .formatted(
            ledger.writeOutage().map(Words::of).orElse("an unknown time"),
            ledger.acknowledged(),
            ledger.lost(),
            ledger.duplicated(),
            ledger.aborted());
  }
}
