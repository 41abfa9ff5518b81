package dev.repli.cutover.process;

import dev.repli.cutover.RestoreLimits;
import dev.repli.engine.RunPlan;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class RestoreLimitsDelegate implements JavaDelegate {
  private final RestoreLimits limits;
  private final RunPlan plans;

  RestoreLimitsDelegate(RestoreLimits limits, RunPlan plans) {
    this.limits = limits;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    limits.restore(CutoverVariables.RUN_KEY.read(execution), plans.of(execution));
  }
}
