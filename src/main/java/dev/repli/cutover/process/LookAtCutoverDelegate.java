package dev.repli.cutover.process;

import dev.repli.approval.PreApprovals;
import dev.repli.cutover.LookAtCutover;
import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.EvidenceTable;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class LookAtCutoverDelegate implements JavaDelegate {
  private final LookAtCutover cutover;
  private final RunPlan plans;
  private final PreApprovals approvals;

  LookAtCutoverDelegate(LookAtCutover cutover, RunPlan plans, PreApprovals approvals) {
    this.approvals = approvals;
    this.cutover = cutover;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Plan plan = plans.of(execution);
    Instant end = CutoverVariables.WATCH_END.find(execution).orElseGet(() -> cutover.end(plan));
    CutoverVariables.WATCH_END.write(execution, end);
    LookAtCutover.Look seen = cutover.look(CutoverVariables.RUN_KEY.read(execution), plan, end);
    CutoverVariables.WATCH_STATE.write(execution, seen.state());
    CutoverVariables.PRE_APPROVED.write(
        execution, approvals.rollback(CutoverVariables.RUN_KEY.read(execution), plan));
    CutoverVariables.EVIDENCE.write(execution, EvidenceTable.of(seen.findings()));
  }
}
