package dev.repli.triage.process;

import dev.repli.engine.RunPlan;
import dev.repli.triage.CallDeciders;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CallDecidersDelegate implements JavaDelegate {
  private final CallDeciders deciders;
  private final RunPlan plans;

  CallDecidersDelegate(CallDeciders deciders, RunPlan plans) {
    this.deciders = deciders;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    deciders.callWhoIsDue(TriageVariables.RUN_KEY.read(execution), plans.of(execution));
  }
}
