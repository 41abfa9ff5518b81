package dev.repli.triage.process;

import dev.repli.engine.RunPlan;
import dev.repli.triage.RecordIncident;
import dev.repli.triage.TriageStep;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class RecordIncidentDelegate implements JavaDelegate {
  private final RecordIncident incidents;
  private final RunPlan plans;
  private final TriageSteps steps;

  RecordIncidentDelegate(RecordIncident incidents, RunPlan plans, TriageSteps steps) {
    this.incidents = incidents;
    this.plans = plans;
    this.steps = steps;
  }

  @Override
  public void execute(DelegateExecution execution) {
    steps.perform(execution, TriageStep.RECORD, () -> perform(execution));
  }

  private void perform(DelegateExecution execution) {
    String evidence =
        incidents.record(
            TriageVariables.RUN_KEY.read(execution),
            plans.of(execution),
            TriageVariables.SUMMARY.readOr(execution, ""),
            TriageVariables.DRY_RUN.read(execution));
    TriageVariables.EVIDENCE.write(execution, evidence);
  }
}
