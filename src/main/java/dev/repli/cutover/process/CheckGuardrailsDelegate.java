package dev.repli.cutover.process;

import dev.repli.cutover.CheckGuardrails;
import dev.repli.rollback.EvidenceTable;
import dev.repli.rollback.Findings;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CheckGuardrailsDelegate implements JavaDelegate {
  private final CheckGuardrails guardrails;
  private final CutoverPlan plans;

  CheckGuardrailsDelegate(CheckGuardrails guardrails, CutoverPlan plans) {
    this.guardrails = guardrails;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Findings findings =
        guardrails.check(CutoverVariables.RUN_KEY.read(execution), plans.of(execution));
    CutoverVariables.GUARDRAILS_GREEN.write(execution, findings.good());
    CutoverVariables.GUARDRAILS.write(execution, EvidenceTable.of(findings));
  }
}
