package dev.repli.triage.process;

import dev.repli.engine.RunPlan;
import dev.repli.triage.LookAtWayBack;
import dev.repli.triage.TriageStep;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class LookAtWayBackDelegate implements JavaDelegate {
  private final LookAtWayBack wayBack;
  private final RunPlan plans;
  private final TriageSteps steps;

  LookAtWayBackDelegate(LookAtWayBack wayBack, RunPlan plans, TriageSteps steps) {
    this.wayBack = wayBack;
    this.plans = plans;
    this.steps = steps;
  }

  @Override
  public void execute(DelegateExecution execution) {
    steps.perform(execution, TriageStep.MEASURE_WAYS, () -> perform(execution));
  }

  private void perform(DelegateExecution execution) {
    LookAtWayBack.Seen seen =
        wayBack.look(TriageVariables.RUN_KEY.read(execution), plans.of(execution));
    TriageVariables.WAY.write(execution, seen.way());
    TriageVariables.WAYS_BACK.write(execution, seen.table());
  }
}
