package dev.repli.cutover.process;

import dev.repli.cutover.RestoreLimits;
import dev.repli.engine.RunPlan;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Before a run is left to people, who look at the routes next. */
@Component
class RestoreLimitsListener implements ExecutionListener {
  private final RestoreLimits limits;
  private final RunPlan plans;

  RestoreLimitsListener(RestoreLimits limits, RunPlan plans) {
    this.limits = limits;
    this.plans = plans;
  }

  @Override
  public void notify(DelegateExecution execution) {
    limits.restore(CutoverVariables.RUN_KEY.read(execution), plans.of(execution));
  }
}
