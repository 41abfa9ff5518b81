package dev.repli.triage.process;

import dev.repli.engine.RunPlan;
import dev.repli.run.RunKey;
import dev.repli.triage.FollowRollback;
import dev.repli.triage.TriageStep;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class StartRollbackDelegate implements JavaDelegate {
  private final FollowRollback rollbacks;
  private final RunPlan plans;
  private final TriageSteps steps;

  StartRollbackDelegate(FollowRollback rollbacks, RunPlan plans, TriageSteps steps) {
    this.rollbacks = rollbacks;
    this.plans = plans;
    this.steps = steps;
  }

  @Override
  public void execute(DelegateExecution execution) {
    steps.perform(execution, TriageStep.START_ROLLBACK, () -> perform(execution));
  }

  private void perform(DelegateExecution execution) {
    RunKey run = TriageVariables.RUN_KEY.read(execution);
    FollowRollback.State state =
        rollbacks.start(
            run,
            FollowRollback.keyOf(run, TriageVariables.ATTEMPT.read(execution)),
            plans.of(execution),
            requestedBy(execution),
            Map.of(
                "summary", TriageVariables.SUMMARY.readOr(execution, ""),
                "severity", TriageVariables.SEVERITY.readOr(execution, "unstated"),
                "metrics", TriageVariables.METRICS.readOr(execution, ""),
                // the question of the assessment, answered by the triage
                "assessmentAnswer", "GO",
                "assessmentReason", verdict(execution)));
    TriageVariables.ROLLBACK_STATE.write(execution, state);
  }

  /** The variable is Markdown; a field of a form shows text as it is. */
  private static String verdict(DelegateExecution execution) {
    String text = TriageVariables.VERDICT_TEXT.readOr(execution, "");
    return "Verdict of the criteria: " + text.replaceAll("\\\\(\\p{Punct})", "$1");
  }

  /** Whoever asked for it cannot approve it, so it is not the reporter where a person asked. */
  private static String requestedBy(DelegateExecution execution) {
    return TriageVariables.ROLLBACK_ASKED_BY
        .find(execution)
        .filter(who -> !who.isEmpty())
        .orElseGet(() -> TriageVariables.REQUESTED_BY.read(execution));
  }
}
