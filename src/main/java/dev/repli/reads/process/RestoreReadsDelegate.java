package dev.repli.reads.process;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.reads.ReadsStep;
import dev.repli.reads.RestoreReads;
import dev.repli.rollback.Findings;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class RestoreReadsDelegate implements JavaDelegate {
  private final RestoreReads reads;
  private final RunPlan plans;

  RestoreReadsDelegate(RestoreReads reads, RunPlan plans) {
    this.reads = reads;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Plan plan = plans.of(execution);
    Findings findings = reads.restore(ReadsVariables.RUN_KEY.read(execution), plan);
    StepResult.write(execution, ReadsStep.RESTORE, plan, findings.good(), findings.problems());
  }
}
