package dev.repli.reads.process;

import dev.repli.engine.RunPlan;
import dev.repli.reads.LookAtReads;
import dev.repli.rollback.EvidenceTable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class LookAtReadsDelegate implements JavaDelegate {
  private final LookAtReads reads;
  private final RunPlan plans;

  LookAtReadsDelegate(LookAtReads reads, RunPlan plans) {
    this.reads = reads;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    LookAtReads.Look seen =
        reads.look(
            ReadsVariables.RUN_KEY.read(execution),
            plans.of(execution),
            ReadsVariables.progress(execution));
    ReadsVariables.STATE.write(execution, seen.state());
    ReadsVariables.NEXT.write(execution, (long) seen.next());
    ReadsVariables.SETBACKS.write(execution, (long) seen.setbacks());
    ReadsVariables.EVIDENCE.write(execution, EvidenceTable.of(seen.findings()));
  }
}
