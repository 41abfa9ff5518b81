package dev.repli.rollback.process;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.Findings;
import dev.repli.rollback.ReverseStream;
import dev.repli.rollback.StepName;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CheckReverseStreamDelegate implements JavaDelegate {
  private final ReverseStream stream;
  private final RunPlan plans;

  CheckReverseStreamDelegate(ReverseStream stream, RunPlan plans) {
    this.stream = stream;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Plan plan = plans.of(execution);
    Findings findings = stream.inspect(RollbackVariables.RUN_KEY.read(execution), plan);
    StepOutcome.write(execution, StepName.EXECUTION, plan, findings);
  }
}
