package dev.repli.rollback;

import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the steps of a rollback write into the journal. */
public final class StepJournal {
  private static final String STEP = "step";
  private final Journal journal;

  StepJournal(Journal journal) {
    this.journal = journal;
  }

  public void begun(RunKey run, StepName step, Duration expected) {
    write(
        run,
        "STEP_BEGUN",
        "Step %s begun, expected to take %s".formatted(step.word(), Words.of(expected)),
        step);
  }

  public void ended(RunKey run, StepName step) {
    write(run, "STEP_ENDED", "Step %s ended".formatted(step.word()), step);
  }

  public void late(RunKey run, StepName step) {
    write(run, "RUN_LATE", "Step %s takes longer than expected".formatted(step.word()), step);
  }

  /** Every finding, then whether the step can go on. */
  public void found(RunKey run, StepName step, Findings findings) {
    List<Evidence> evidence = new ArrayList<>();
    for (Finding finding : findings.all()) {
      evidence.add(
          new Measured(finding.what(), finding.where(), finding.found(), finding.verdict().name()));
    }
    String text =
        findings.good()
            ? "Step %s: nothing in the way (findings: %d)"
                .formatted(step.word(), findings.all().size())
            : "Step %s: in the way are %s".formatted(step.word(), findings.problems());
    evidence.add(new Milestone("STEP_LOOKED", text, Map.of(STEP, step.word())));
    journal.appendAll(run, evidence);
  }

  private void write(RunKey run, String name, String text, StepName step) {
    journal.append(run, new Milestone(name, text, Map.of(STEP, step.word())));
  }
}
