package dev.repli.logical.process;

import dev.repli.engine.RunPlan;
import dev.repli.logical.DeltaListing;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Of a dry run: what would be done with the delta. */
@Component
class ListDeltaDelegate implements JavaDelegate {
  private final DeltaListing delta;
  private final RunPlan plans;

  ListDeltaDelegate(DeltaListing delta, RunPlan plans) {
    this.delta = delta;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    delta.list(
        LogicalVariables.RUN_KEY.read(execution),
        plans.of(execution),
        LogicalVariables.PART.read(execution));
  }
}
