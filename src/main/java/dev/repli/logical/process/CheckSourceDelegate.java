package dev.repli.logical.process;

import dev.repli.engine.RunPlan;
import dev.repli.logical.SourceLook;
import dev.repli.rollback.Findings;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CheckSourceDelegate implements JavaDelegate {
  private final SourceLook check;
  private final RunPlan plans;

  CheckSourceDelegate(SourceLook check, RunPlan plans) {
    this.check = check;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Findings findings = check.check(LogicalVariables.RUN_KEY.read(execution), plans.of(execution));
    StepResult.write(execution, findings.good(), findings.problems());
  }
}
