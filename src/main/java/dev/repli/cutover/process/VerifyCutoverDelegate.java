package dev.repli.cutover.process;

import dev.repli.cutover.CutoverStep;
import dev.repli.cutover.VerifyCutover;
import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.Findings;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class VerifyCutoverDelegate implements JavaDelegate {
  private final VerifyCutover cutover;
  private final RunPlan plans;

  VerifyCutoverDelegate(VerifyCutover cutover, RunPlan plans) {
    this.cutover = cutover;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Plan plan = plans.of(execution);
    Findings findings = cutover.verify(CutoverVariables.RUN_KEY.read(execution), plan);
    StepResult.write(
        execution, CutoverStep.VERIFICATION, plan, findings.good(), findings.problems());
  }
}
