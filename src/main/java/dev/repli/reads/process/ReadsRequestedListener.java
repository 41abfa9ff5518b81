package dev.repli.reads.process;

import static dev.repli.rollback.EvidenceTable.plain;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.plan.ReadRules;
import dev.repli.reads.ReadsStep;
import dev.repli.rollback.Words;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Freezes what the run takes from the plan: its limits, its pace and the first share. */
@Component
class ReadsRequestedListener implements ExecutionListener {
  private final RunPlan plans;

  ReadsRequestedListener(RunPlan plans) {
    this.plans = plans;
  }

  @Override
  public void notify(DelegateExecution execution) {
    Plan plan = plans.freeze(execution);
    for (ReadsStep step : ReadsStep.values()) {
      ReadsVariables.limitOf(step).write(execution, step.limit(plan));
    }
    ReadRules rules = plan.reads();
    ReadsVariables.LOOK_EVERY.write(execution, rules.lookEvery());
    ReadsVariables.PAUSED_LOOK.write(execution, "R/" + rules.lookEvery());
    ReadsVariables.PERCENT.write(execution, 0L);
    ReadsVariables.NEXT.write(execution, (long) rules.steps().get(0));
    ReadsVariables.ABOUT.write(execution, about(execution, plan));
  }

  private static String about(DelegateExecution execution, Plan plan) {
    String steps =
        plan.reads().steps().stream().map(step -> step + " %").collect(Collectors.joining(", "));
    return "**Reads** of **%s** move to %s: %s, each held for %s.\n\n%s"
        .formatted(
            plain(plan.title()),
            plain(plan.target().label()),
            steps,
            Words.of(plan.reads().hold()),
            plain(ReadsVariables.SUMMARY.readOr(execution, "")))
        .strip();
  }
}
