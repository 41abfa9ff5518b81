package dev.repli.cutover.process;

import static dev.repli.rollback.EvidenceTable.plain;

import dev.repli.cutover.CompareRows;
import dev.repli.cutover.CutoverStep;
import dev.repli.engine.RunPlan;
import dev.repli.plan.CutoverRules;
import dev.repli.plan.Plan;
import dev.repli.rollback.Words;
import java.time.Duration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Freezes what the run takes from the plan: the limits of its steps and the pace of its looks. */
@Component
class CutoverRequestedListener implements ExecutionListener {
  /** People see a change of the source's clients within this. */
  private static final Duration POLL = Duration.ofSeconds(1);

  private final RunPlan plans;

  CutoverRequestedListener(RunPlan plans) {
    this.plans = plans;
  }

  @Override
  public void notify(DelegateExecution execution) {
    Plan plan = plans.freeze(execution);
    for (CutoverStep step : CutoverStep.values()) {
      CutoverVariables.limitOf(step).write(execution, step.limit(plan));
    }
    CutoverVariables.CURRENT_STEP.write(execution, CutoverStep.DECISION);
    CutoverRules rules = plan.cutover();
    CutoverVariables.COMPARISON_EVERY.write(execution, CompareRows.EVERY);
    CutoverVariables.DRAIN_EVERY.write(execution, POLL);
    CutoverVariables.HUNT_EVERY.write(execution, POLL);
    CutoverVariables.LOOK_EVERY.write(execution, rules.lookEvery());
    CutoverVariables.WINDOW_LOOK.write(execution, "R/" + rules.lookEvery());
    // three chances before the proof is too old
    CutoverVariables.CERTIFICATE_EVERY.write(execution, "R/" + rules.proofAge().dividedBy(3));
    CutoverVariables.ENVIRONMENTS.write(execution, Words.way(plan.source(), plan.target()));
    CutoverVariables.ABOUT.write(execution, about(execution, plan));
  }

  private static String about(DelegateExecution execution, Plan plan) {
    return "**Cutover** of **%s**: the writer moves from %s to %s, at most %s without a writer. The way back stays open for %s.\n\n%s"
        .formatted(
            plain(plan.title()),
            plain(plan.source().label()),
            plain(plan.target().label()),
            Words.of(plan.budgets().writeOutage()),
            Words.of(plan.rollbackWindow()),
            plain(CutoverVariables.SUMMARY.readOr(execution, "")))
        .strip();
  }
}
