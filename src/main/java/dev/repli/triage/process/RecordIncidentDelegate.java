package dev.repli.triage.process;

import dev.repli.engine.RunPlan;
import dev.repli.triage.RecordIncident;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class RecordIncidentDelegate implements JavaDelegate {
  private final RecordIncident incidents;
  private final RunPlan plans;

  RecordIncidentDelegate(RecordIncident incidents, RunPlan plans) {
    this.incidents = incidents;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String evidence =
        incidents.record(
            TriageVariables.RUN_KEY.read(execution),
            plans.of(execution),
            TriageVariables.SUMMARY.readOr(execution, ""),
            TriageVariables.DRY_RUN.read(execution));
    TriageVariables.EVIDENCE.write(execution, evidence);
  }
}
