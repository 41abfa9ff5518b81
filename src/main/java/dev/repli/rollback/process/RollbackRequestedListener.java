package dev.repli.rollback.process;

import static dev.repli.rollback.EvidenceTable.plain;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.StepName;
import dev.repli.rollback.Words;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Freezes what the run takes from the plan: the limits of its steps and what people confirm. */
@Component
class RollbackRequestedListener implements ExecutionListener {
  private final RunPlan plans;

  RollbackRequestedListener(RunPlan plans) {
    this.plans = plans;
  }

  @Override
  public void notify(DelegateExecution execution) {
    Plan plan = plans.freeze(execution);
    for (StepName step : StepName.values()) {
      RollbackVariables.limitOf(step).write(execution, step.limit(plan));
    }
    RollbackVariables.STRATEGY.write(execution, RollbackVariables.REPLICATION);
    RollbackVariables.JOURNEYS.write(execution, journeys(plan));
    RollbackVariables.WAY.write(execution, Words.way(plan.target(), plan.source()));
    RollbackVariables.INCIDENT.write(execution, incident(execution, plan));
  }

  private static String journeys(Plan plan) {
    return plan.checks().journeys().isEmpty()
        ? "- one complete journey of a user\n"
        : plan.checks().journeys().stream()
            .map(journey -> "- " + plain(journey) + "\n")
            .collect(Collectors.joining());
  }

  private static String incident(DelegateExecution execution, Plan plan) {
    return "**Incident** %s on **%s** (%s to %s), severity %s\n\n%s\n\n%s"
        .formatted(
            plain(RollbackVariables.INCIDENT_ID.read(execution)),
            plain(plan.title()),
            plain(plan.target().label()),
            plain(plan.source().label()),
            plain(RollbackVariables.SEVERITY.readOr(execution, "not stated")),
            plain(RollbackVariables.SUMMARY.readOr(execution, "")),
            plain(RollbackVariables.METRICS.readOr(execution, "")))
        .strip();
  }
}
