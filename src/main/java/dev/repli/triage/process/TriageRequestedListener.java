package dev.repli.triage.process;

import static dev.repli.rollback.EvidenceTable.plain;

import dev.repli.engine.RunPlan;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.Plan;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Freezes what the run takes from the plan, and leaves the plan to other runs. */
@Component
class TriageRequestedListener implements ExecutionListener {
  private final RunPlan plans;

  TriageRequestedListener(RunPlan plans) {
    this.plans = plans;
  }

  @Override
  public void notify(DelegateExecution execution) {
    Plan plan = plans.freeze(execution);
    CriteriaRules rules = plan.criteria();
    TriageVariables.PLAN_RELEASED.write(execution, true);
    TriageVariables.EVALUATE_EVERY.write(execution, rules.evaluateEvery());
    TriageVariables.FIX_LIMIT.write(execution, rules.decision().fix());
    TriageVariables.COUNTDOWN.write(execution, rules.decision().countdown());
    TriageVariables.COUNTDOWN_TEXT.write(
        execution, rules.decision().countdown().toSeconds() + " s");
    TriageVariables.PEOPLE_DECIDE.write(execution, false);
    TriageVariables.ATTEMPT.write(execution, 1L);
    TriageVariables.INCIDENT.write(execution, incident(execution, plan));
  }

  private static String incident(DelegateExecution execution, Plan plan) {
    return "**Incident** %s on **%s**, reported as %s\n\n%s\n\n%s"
        .formatted(
            plain(TriageVariables.INCIDENT_ID.read(execution)),
            plain(plan.title()),
            plain(TriageVariables.SEVERITY.readOr(execution, "unstated")),
            plain(TriageVariables.SUMMARY.readOr(execution, "")),
            plain(TriageVariables.METRICS.readOr(execution, "")))
        .strip();
  }
}
