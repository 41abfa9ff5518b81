package dev.repli.cutover;

import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Words;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the steps of a cutover write into the journal. */
public final class CutoverJournal {
  private static final String STEP = "step";
  private final Journal journal;

  CutoverJournal(Journal journal) {
    this.journal = journal;
  }

  public void begun(RunKey run, CutoverStep step, Duration expected) {
    write(
        run,
        step,
        "STEP_BEGUN",
        "Step %s begun, expected to take %s".formatted(step.word(), Words.of(expected)));
  }

  public void ended(RunKey run, CutoverStep step) {
    write(run, step, "STEP_ENDED", "Step %s ended".formatted(step.word()));
  }

  public void late(RunKey run, CutoverStep step) {
    write(run, step, "RUN_LATE", "Step %s takes longer than expected".formatted(step.word()));
  }

  /** Every finding, then whether the step can go on. */
  Findings found(RunKey run, CutoverStep step, Findings findings) {
    List<Evidence> evidence = new ArrayList<>();
    for (Finding finding : findings.all()) {
      evidence.add(
          new Measured(finding.what(), finding.where(), finding.found(), finding.verdict().name()));
    }
    String text =
        findings.good()
            ? "Step %s: %d things looked at, none in the way"
                .formatted(step.word(), findings.all().size())
            : "Step %s: in the way are %s".formatted(step.word(), findings.problems());
    evidence.add(new Milestone("STEP_LOOKED", text, Map.of(STEP, step.word())));
    journal.appendAll(run, evidence);
    return findings;
  }

  void note(RunKey run, String name, String text, Map<String, String> facts) {
    journal.append(run, new Milestone(name, text, facts));
  }

  /** When the newest of these was written. */
  Optional<Instant> newestAt(RunKey run, String... names) {
    return journal.newestMilestone(run, names).map(JournalEntry::at);
  }

  /** The newest of these. */
  Optional<Milestone> newest(RunKey run, String... names) {
    return journal
        .newestMilestone(run, names)
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(Milestone.class::cast);
  }

  /** Whether the run is a cutover that has come to its watch: it only looks from then on. */
  boolean watches(RunKey run) {
    return newest(run, "STEP_BEGUN")
        .map(begun -> CutoverStep.WATCH.word().equals(begun.facts().get(STEP)))
        .orElse(false);
  }

  private void write(RunKey run, CutoverStep step, String name, String text) {
    journal.append(run, new Milestone(name, text, Map.of(STEP, step.word())));
  }
}
