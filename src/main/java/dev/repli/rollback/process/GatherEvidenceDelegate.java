package dev.repli.rollback.process;

import dev.repli.engine.RunPlan;
import dev.repli.rollback.AssessRollback;
import dev.repli.rollback.Assessment;
import dev.repli.rollback.EvidenceTable;
import dev.repli.rollback.Finding;
import java.util.Optional;
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
        assess.assess(
            RollbackVariables.RUN_KEY.read(execution), plans.of(execution), otherWay(execution));
    RollbackVariables.POSSIBLE.write(execution, assessment.possible());
    RollbackVariables.PRE_APPROVED.write(execution, assessment.preApproved());
    RollbackVariables.LOSS.write(execution, assessment.loss());
    RollbackVariables.LOSS_TEXT.write(execution, EvidenceTable.plain(assessment.lossInWords()));
    RollbackVariables.ESTIMATE.write(execution, assessment.estimate());
    RollbackVariables.EVIDENCE.write(execution, EvidenceTable.of(assessment.findings()));
  }

  private static Optional<Finding> otherWay(DelegateExecution execution) {
    String strategy = RollbackVariables.STRATEGY.readOr(execution, RollbackVariables.REPLICATION);
    if (strategy.equals(RollbackVariables.REPLICATION)) {
      return Optional.empty();
    }
    String why = RollbackVariables.STRATEGY_RISK.readOr(execution, "");
    String what = "way back: " + RollbackVariables.STRATEGY_TEXT.readOr(execution, strategy);
    return Optional.of(
        why.isEmpty() ? Finding.good(what, "", "open") : Finding.risk(what, "", why));
  }
}
