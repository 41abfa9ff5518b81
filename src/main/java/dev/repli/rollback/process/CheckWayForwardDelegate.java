package dev.repli.rollback.process;

import dev.repli.engine.RunPlan;
import dev.repli.rollback.EvidenceTable;
import dev.repli.rollback.Findings;
import dev.repli.rollback.WayForward;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CheckWayForwardDelegate implements JavaDelegate {
  private final WayForward wayForward;
  private final RunPlan plans;

  CheckWayForwardDelegate(WayForward wayForward, RunPlan plans) {
    this.wayForward = wayForward;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Findings findings =
        wayForward.check(RollbackVariables.RUN_KEY.read(execution), plans.of(execution));
    RollbackVariables.TARGET_FOLLOWS.write(execution, findings.good());
    RollbackVariables.EVIDENCE.write(execution, EvidenceTable.of(findings));
  }
}
