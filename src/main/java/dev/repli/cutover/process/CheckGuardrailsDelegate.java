package dev.repli.cutover.process;

import dev.repli.cutover.CheckGuardrails;
import dev.repli.engine.RunPlan;
import dev.repli.rollback.EvidenceTable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CheckGuardrailsDelegate implements JavaDelegate {
  private final CheckGuardrails guardrails;
  private final RunPlan plans;

  CheckGuardrailsDelegate(CheckGuardrails guardrails, RunPlan plans) {
    this.guardrails = guardrails;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    CheckGuardrails.Checked checked =
        guardrails.check(CutoverVariables.RUN_KEY.read(execution), plans.of(execution));
    CutoverVariables.GUARDRAILS_GREEN.write(execution, checked.findings().good());
    CutoverVariables.GUARDRAILS.write(execution, EvidenceTable.of(checked.findings()));
    CutoverVariables.TO_BE_NAMED.write(execution, String.join(", ", checked.toBeNamed()));
  }
}
