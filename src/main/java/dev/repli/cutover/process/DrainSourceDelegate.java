package dev.repli.cutover.process;

import dev.repli.cutover.DrainSource;
import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.EvidenceTable;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class DrainSourceDelegate implements JavaDelegate {
  private final DrainSource source;
  private final RunPlan plans;

  DrainSourceDelegate(DrainSource source, RunPlan plans) {
    this.source = source;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Plan plan = plans.of(execution);
    Instant deadline =
        CutoverVariables.DRAIN_DEADLINE.find(execution).orElseGet(() -> source.deadline(plan));
    CutoverVariables.DRAIN_DEADLINE.write(execution, deadline);
    DrainSource.Drain seen =
        source.look(
            CutoverVariables.RUN_KEY.read(execution),
            plan,
            deadline,
            CutoverVariables.DRY_RUN.read(execution));
    CutoverVariables.DRAIN_STATE.write(execution, seen.state());
    CutoverVariables.EVIDENCE.write(execution, EvidenceTable.of(seen.findings()));
  }
}
