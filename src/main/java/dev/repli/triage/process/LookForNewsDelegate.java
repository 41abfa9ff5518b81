package dev.repli.triage.process;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.EvidenceTable;
import dev.repli.run.RunKey;
import dev.repli.triage.CanItWait;
import dev.repli.triage.RecordIncident;
import dev.repli.triage.TriageStep;
import dev.repli.triage.WeighIncident;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class LookForNewsDelegate implements JavaDelegate {
  private final WeighIncident incidents;
  private final RecordIncident evidence;
  private final CanItWait canItWait;
  private final RunPlan plans;
  private final TriageSteps steps;

  LookForNewsDelegate(
      WeighIncident incidents,
      RecordIncident evidence,
      CanItWait canItWait,
      RunPlan plans,
      TriageSteps steps) {
    this.incidents = incidents;
    this.evidence = evidence;
    this.canItWait = canItWait;
    this.plans = plans;
    this.steps = steps;
  }

  @Override
  public void execute(DelegateExecution execution) {
    steps.perform(execution, TriageStep.LOOK_FOR_NEWS, () -> perform(execution));
  }

  private void perform(DelegateExecution execution) {
    RunKey run = TriageVariables.RUN_KEY.read(execution);
    Plan plan = plans.of(execution);
    // people decided: no grace period ends meanwhile, and nothing starts because of one
    WeighIncident.Weighed weighed = incidents.weigh(run, plan, Optional.empty(), true);
    TriageVariables.CAN_WAIT.write(execution, canItWait.look(run, plan, weighed.judgement()));
    TriageVariables.VERDICT_TEXT.write(
        execution, EvidenceTable.warning(weighed.judgement().inWords()));
    TriageVariables.EVIDENCE.write(execution, evidence.evidence(run, plan, weighed.judgement()));
  }
}
