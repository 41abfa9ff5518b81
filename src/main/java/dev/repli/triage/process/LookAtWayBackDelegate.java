package dev.repli.triage.process;

import dev.repli.engine.RunPlan;
import dev.repli.triage.LookAtWayBack;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class LookAtWayBackDelegate implements JavaDelegate {
  private final LookAtWayBack wayBack;
  private final RunPlan plans;

  LookAtWayBackDelegate(LookAtWayBack wayBack, RunPlan plans) {
    this.wayBack = wayBack;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    LookAtWayBack.Seen seen =
        wayBack.look(TriageVariables.RUN_KEY.read(execution), plans.of(execution));
    TriageVariables.WAY.write(execution, seen.way());
    TriageVariables.WAYS_BACK.write(execution, seen.table());
  }
}
