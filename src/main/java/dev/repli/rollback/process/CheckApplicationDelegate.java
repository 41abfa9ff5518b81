package dev.repli.rollback.process;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.CheckApplication;
import dev.repli.rollback.EvidenceTable;
import dev.repli.rollback.Findings;
import dev.repli.rollback.StepName;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CheckApplicationDelegate implements JavaDelegate {
  private final CheckApplication application;
  private final RunPlan plans;

  CheckApplicationDelegate(CheckApplication application, RunPlan plans) {
    this.application = application;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Plan plan = plans.of(execution);
    Findings findings = application.check(RollbackVariables.RUN_KEY.read(execution), plan);
    RollbackVariables.EVIDENCE.write(execution, EvidenceTable.of(findings));
    StepOutcome.write(execution, StepName.VALIDATION, plan, findings);
  }
}
