package dev.repli.reads.process;

import dev.repli.engine.RunPlan;
import dev.repli.reads.CheckReads;
import dev.repli.rollback.EvidenceTable;
import dev.repli.rollback.Findings;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CheckReadsDelegate implements JavaDelegate {
  private final CheckReads reads;
  private final RunPlan plans;

  CheckReadsDelegate(CheckReads reads, RunPlan plans) {
    this.reads = reads;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Findings findings = reads.check(ReadsVariables.RUN_KEY.read(execution), plans.of(execution));
    ReadsVariables.READY.write(execution, findings.good());
    ReadsVariables.EVIDENCE.write(execution, EvidenceTable.of(findings));
  }
}
