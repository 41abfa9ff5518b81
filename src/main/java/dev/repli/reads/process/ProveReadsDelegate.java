package dev.repli.reads.process;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.reads.ProveReads;
import dev.repli.reads.ReadsStep;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class ProveReadsDelegate implements JavaDelegate {
  private final ProveReads reads;
  private final RunPlan plans;

  ProveReadsDelegate(ProveReads reads, RunPlan plans) {
    this.reads = reads;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Plan plan = plans.of(execution);
    Instant deadline =
        ReadsVariables.PROOF_DEADLINE.find(execution).orElseGet(() -> reads.deadline(plan));
    ReadsVariables.PROOF_DEADLINE.write(execution, deadline);
    ProveReads.Proof seen =
        reads.look(
            ReadsVariables.RUN_KEY.read(execution),
            plan,
            ReadsVariables.progress(execution),
            deadline);
    ReadsVariables.PROOF_STATE.write(execution, seen.state());
    boolean proved = seen.state() == ProveReads.State.PROVED;
    StepResult.write(execution, ReadsStep.PROOF, plan, proved, seen.findings().problems());
  }
}
