package dev.repli.rollback.process;

import dev.repli.engine.RunPlan;
import dev.repli.rollback.AssessRollback;
import dev.repli.rollback.Assessment;
import dev.repli.rollback.EvidenceTable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class GatherEvidenceDelegate implements JavaDelegate {
  private final AssessRollback assess;
  private final RunPlan plans;

  GatherEvidenceDelegate(AssessRollback assess, RunPlan plans) {
    this.assess = assess;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Assessment assessment =
        assess.assess(RollbackVariables.RUN_KEY.read(execution), plans.of(execution));
    RollbackVariables.POSSIBLE.write(execution, assessment.possible());
    RollbackVariables.PRE_APPROVED.write(execution, assessment.preApproved());
    RollbackVariables.LOSS.write(execution, assessment.loss());
    RollbackVariables.LOSS_TEXT.write(execution, EvidenceTable.plain(assessment.lossInWords()));
    RollbackVariables.ESTIMATE.write(execution, assessment.estimate());
    RollbackVariables.EVIDENCE.write(execution, EvidenceTable.of(assessment.findings()));
  }
}
