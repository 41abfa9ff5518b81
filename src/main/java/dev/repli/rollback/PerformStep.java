package dev.repli.rollback;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Performs the automatic steps, found by their names. */
public final class PerformStep {
  private final Map<StepName, RollbackStep> byName;
  private final StepJournal journal;

  PerformStep(List<RollbackStep> steps, StepJournal journal) {
    // toMap refuses two steps of one name
    this.byName =
        steps.stream()
            .collect(Collectors.toUnmodifiableMap(RollbackStep::name, Function.identity()));
    this.journal = journal;
  }

  /**
   * @throws IllegalArgumentException when no step has this name
   */
  public Findings perform(StepName name, StepRequest request) {
    RollbackStep step = byName.get(name);
    if (step == null) {
      throw new IllegalArgumentException("no automatic step is called " + name);
    }
    Findings findings = step.perform(request);
    journal.found(request.run(), name, findings);
    return findings;
  }
}
