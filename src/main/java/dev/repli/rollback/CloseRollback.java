package dev.repli.rollback;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.Ledger;
import dev.repli.journal.Ledgers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
  public Findings perform(StepRequest request) {
    String text =
        "Rollback of %s (incident %s) is done; the writer is %s. %s"
            .formatted(
                request.plan().title(), request.run(), request.writer().label(), proof(request));
    Map<String, String> facts = new HashMap<>(new Losses(journal).facts(request.run()));
    facts.putAll(new NodeVersions(journal).facts(request.run(), request.plan()));
    facts.put(Announcements.MESSAGE, "rollback-done");
    facts.put("toNode", request.writer().label());
    Announcements.in(journal, request.dryRun()).announce(request.run(), text, facts);
    return new Findings(List.of(Finding.good("announced", "journal", text)));
  }

  private String proof(StepRequest request) {
    if (request.inPlace()) {
      return "Its release is the one before the upgrade; the journal says up to which position its"
          + " data came back."
          + new Losses(journal)
              .inPlace(request.run())
              .map(outage -> " Nobody could write for at most " + Words.of(outage) + ".")
              .orElse("")
          + givenUp(request);
    }
    return new Ledgers(journal)
        .find(request.run())
        .map(signed -> inWords(signed.ledger()))
        .orElse("There is no ledger.");
  }

  /** What people chose to lose in place, in the words of the step that left it out. */
  private String givenUp(StepRequest request) {
    return journal
        .newestMilestone(request.run(), "IN_PLACE_DELTA_REST_GIVEN_UP", "IN_PLACE_DELTA_GIVEN_UP")
        .map(
            entry ->
                entry.evidence() instanceof Milestone lost ? " Given up: " + lost.text() + "." : "")
        .orElse("");
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
