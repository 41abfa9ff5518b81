package dev.repli.rollback.process;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.Findings;
import dev.repli.rollback.PerformStep;
import dev.repli.rollback.StepName;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class PerformStepDelegate implements JavaDelegate {
  private final PerformStep steps;
  private final RunPlan plans;

  PerformStepDelegate(PerformStep steps, RunPlan plans) {
    this.steps = steps;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    StepName step = RollbackVariables.STEP.read(execution);
    Plan plan = plans.of(execution);
    boolean dryRun = RollbackVariables.DRY_RUN.read(execution);
    Findings findings =
        steps.perform(step, RollbackVariables.RUN_KEY.read(execution), plan, dryRun);
    StepOutcome.write(execution, step, plan, findings);
  }
}
