package dev.repli.reversibility.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.engine.RunPlan;
import dev.repli.reversibility.Reversibility;
import dev.repli.reversibility.ReversibilityMeter;
import dev.repli.reversibility.WaysTable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Shows the deciders every way back as it is at this moment. */
@Component
class MeasureWaysBackDelegate implements JavaDelegate {
  /** Markdown, foreign text escaped. */
  private static final ProcessVariable<String> WAYS_BACK = ProcessVariable.text("waysBack");

  private final ReversibilityMeter meter;
  private final RunPlan plans;

  MeasureWaysBackDelegate(ReversibilityMeter meter, RunPlan plans) {
    this.meter = meter;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Reversibility found = meter.measure(plans.of(execution));
    WAYS_BACK.write(execution, WaysTable.of(found));
  }
}
