package dev.repli.triage.process;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.EvidenceTable;
import dev.repli.run.RunKey;
import dev.repli.triage.CallDeciders;
import dev.repli.triage.RecordIncident;
import dev.repli.triage.TriageStep;
import dev.repli.triage.WeighIncident;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class WeighIncidentDelegate implements JavaDelegate {
  private final WeighIncident incidents;
  private final RecordIncident evidence;
  private final CallDeciders deciders;
  private final RunPlan plans;
  private final TriageSteps steps;

  WeighIncidentDelegate(
      WeighIncident incidents,
      RecordIncident evidence,
      CallDeciders deciders,
      RunPlan plans,
      TriageSteps steps) {
    this.deciders = deciders;
    this.incidents = incidents;
    this.evidence = evidence;
    this.plans = plans;
    this.steps = steps;
  }

  @Override
  public void execute(DelegateExecution execution) {
    steps.perform(execution, TriageStep.EVALUATE, () -> perform(execution));
  }

  private void perform(DelegateExecution execution) {
    RunKey run = TriageVariables.RUN_KEY.read(execution);
    Plan plan = plans.of(execution);
    WeighIncident.Weighed weighed =
        incidents.weigh(
            run,
            plan,
            TriageVariables.GRACE_ENDS.find(execution),
            TriageVariables.PEOPLE_DECIDE.readOr(execution, false));
    if (weighed.course() != WeighIncident.Course.RECOVERED) {
      deciders.callWhoIsDue(run, plan);
    }
    TriageVariables.VERDICT.write(execution, weighed.judgement().outcome());
    TriageVariables.COURSE.write(execution, weighed.course());
    TriageVariables.VERDICT_TEXT.write(
        execution, EvidenceTable.warning(weighed.judgement().inWords()));
    TriageVariables.EVIDENCE.write(execution, evidence.evidence(run, plan, weighed.judgement()));
    weighed.graceEnds().ifPresent(end -> TriageVariables.GRACE_ENDS.write(execution, end));
  }
}
