package dev.repli.rollback.process;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.Findings;
import dev.repli.rollback.PerformStep;
import dev.repli.rollback.StepName;
import dev.repli.rollback.StepRequest;
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
    String way = RollbackVariables.STRATEGY.readOr(execution, RollbackVariables.REPLICATION);
    StepRequest request =
        new StepRequest(
            RollbackVariables.RUN_KEY.read(execution),
            plan,
            dryRun,
            way.equals(RollbackVariables.IN_PLACE));
    Findings findings = steps.perform(step, request);
    StepOutcome.write(execution, step, plan, findings);
  }
}
