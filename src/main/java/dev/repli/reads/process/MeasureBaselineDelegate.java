package dev.repli.reads.process;

import dev.repli.engine.RunPlan;
import dev.repli.reads.MeasureBaseline;
import dev.repli.rollback.EvidenceTable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class MeasureBaselineDelegate implements JavaDelegate {
  private final MeasureBaseline baseline;
  private final RunPlan plans;

  MeasureBaselineDelegate(MeasureBaseline baseline, RunPlan plans) {
    this.baseline = baseline;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    MeasureBaseline.Measured seen =
        baseline.look(ReadsVariables.RUN_KEY.read(execution), plans.of(execution));
    ReadsVariables.BASELINE_STATE.write(execution, seen.state());
    ReadsVariables.EVIDENCE.write(execution, EvidenceTable.of(seen.findings()));
  }
}
