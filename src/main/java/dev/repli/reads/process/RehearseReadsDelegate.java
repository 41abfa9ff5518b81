package dev.repli.reads.process;

import dev.repli.engine.RunPlan;
import dev.repli.reads.RehearseReads;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class RehearseReadsDelegate implements JavaDelegate {
  private final RehearseReads reads;
  private final RunPlan plans;

  RehearseReadsDelegate(RehearseReads reads, RunPlan plans) {
    this.reads = reads;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    reads.rehearse(ReadsVariables.RUN_KEY.read(execution), plans.of(execution));
  }
}
