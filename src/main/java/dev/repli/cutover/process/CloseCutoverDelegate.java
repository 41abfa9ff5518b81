package dev.repli.cutover.process;

import dev.repli.cutover.CloseCutover;
import dev.repli.engine.RunPlan;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CloseCutoverDelegate implements JavaDelegate {
  private final CloseCutover cutover;
  private final RunPlan plans;

  CloseCutoverDelegate(CloseCutover cutover, RunPlan plans) {
    this.cutover = cutover;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    cutover.close(CutoverVariables.RUN_KEY.read(execution), plans.of(execution));
  }
}
