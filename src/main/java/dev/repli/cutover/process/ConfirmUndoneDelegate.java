package dev.repli.cutover.process;

import dev.repli.cutover.ConfirmUndone;
import dev.repli.cutover.CutoverStep;
import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.Findings;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class ConfirmUndoneDelegate implements JavaDelegate {
  private final ConfirmUndone undone;
  private final RunPlan plans;

  ConfirmUndoneDelegate(ConfirmUndone undone, RunPlan plans) {
    this.undone = undone;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Plan plan = plans.of(execution);
    Findings findings = undone.confirm(CutoverVariables.RUN_KEY.read(execution), plan);
    StepResult.write(execution, CutoverStep.UNDO, plan, findings.good(), findings.problems());
  }
}
