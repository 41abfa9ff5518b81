package dev.repli.reads;

import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Words;
import dev.repli.route.ActLog;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What moving reads writes into the journal, and reads from there again. */
public final class ReadsJournal {
  /** Weights before the run, by route; a fact for each. */
  static final String BEFORE = "READS_BEFORE";

  /** What reads were like before the first step, by route. */
  static final String BASELINE = "READS_BASELINE";

  /** The intent: from here on weights may differ from those before. */
  static final String MOVING = "READS_MOVING";

  static final String MOVED = "READS_MOVED";
  static final String PROVED = "READS_PROVED";
  static final String RESTORED = "READS_RESTORED";

  private static final String STEP = "step";
  private final Journal journal;

  ReadsJournal(Journal journal) {
    this.journal = journal;
  }

  public void begun(RunKey run, ReadsStep step, Duration expected) {
    note(
        run,
        "STEP_BEGUN",
        "Step %s begun, expected to take %s".formatted(step.word(), Words.of(expected)),
        Map.of(STEP, step.word()));
  }

  public void ended(RunKey run, ReadsStep step) {
    note(run, "STEP_ENDED", "Step %s ended".formatted(step.word()), Map.of(STEP, step.word()));
  }

  public void late(RunKey run, ReadsStep step) {
    note(
        run,
        "RUN_LATE",
        "Step %s takes longer than expected".formatted(step.word()),
        Map.of(STEP, step.word()));
  }

  /** Every finding, then what follows from them. */
  Findings found(RunKey run, ReadsStep step, Findings findings, String conclusion) {
    List<Evidence> evidence = new ArrayList<>();
    for (Finding finding : findings.all()) {
      evidence.add(
          new Measured(finding.what(), finding.where(), finding.found(), finding.verdict().name()));
    }
    evidence.add(
        new Milestone(
            "STEP_LOOKED",
            "Step %s: %s".formatted(step.word(), conclusion),
            Map.of(STEP, step.word())));
    journal.appendAll(run, evidence);
    return findings;
  }

  void note(RunKey run, String name, String text, Map<String, String> facts) {
    journal.append(run, new Milestone(name, text, facts));
  }

  /** The facts of the newest milestone of this name. */
  Optional<Map<String, String>> newest(RunKey run, String name) {
    return journal
        .newestMilestone(run, name)
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(found -> ((Milestone) found).facts());
  }

  /** Writes every command that changes a route. */
  ActLog acts(RunKey run) {
    return (route, command, took, outcome) ->
        journal.append(run, new CommandRun(route, command, took, outcome));
  }
}
