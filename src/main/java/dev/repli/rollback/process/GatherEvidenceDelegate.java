package dev.repli.rollback.process;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.AssessRollback;
import dev.repli.rollback.Assessment;
import dev.repli.rollback.EvidenceTable;
import dev.repli.rollback.Finding;
import dev.repli.rollback.ProposedWay;
import dev.repli.run.RunKey;
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
    Assessment assessment = assess(execution);
    RollbackVariables.POSSIBLE.write(execution, assessment.possible());
    RollbackVariables.PRE_APPROVED.write(execution, assessment.preApproved());
    RollbackVariables.LOSS.write(execution, assessment.loss());
    RollbackVariables.LOSS_TEXT.write(execution, assessment.lossText());
    RollbackVariables.ESTIMATE.write(execution, assessment.estimate());
    RollbackVariables.EVIDENCE.write(execution, EvidenceTable.of(assessment.findings()));
  }

  private Assessment assess(DelegateExecution execution) {
    RunKey run = RollbackVariables.RUN_KEY.read(execution);
    Plan plan = plans.of(execution);
    Optional<ProposedWay> otherWay = otherWay(execution);
    boolean inPlace =
        RollbackVariables.STRATEGY
            .find(execution)
            .filter(RollbackVariables.IN_PLACE::equals)
            .isPresent();
    return inPlace
        ? assess.assessInPlace(run, plan, otherWay.orElseThrow())
        : assess.assess(run, plan, otherWay);
  }

  private static Optional<ProposedWay> otherWay(DelegateExecution execution) {
    String strategy = RollbackVariables.STRATEGY.readOr(execution, RollbackVariables.REPLICATION);
    if (strategy.equals(RollbackVariables.REPLICATION)) {
      return Optional.empty();
    }
    String why = RollbackVariables.STRATEGY_RISK.readOr(execution, "");
    String what = "way back: " + RollbackVariables.STRATEGY_TEXT.readOr(execution, strategy);
    return Optional.of(
        new ProposedWay(
            why.isEmpty() ? Finding.good(what, "", "open") : Finding.risk(what, "", why),
            RollbackVariables.STRATEGY_TAKES.readOr(execution, ""),
            RollbackVariables.STRATEGY_LOSES.readOr(execution, "")));
  }
}
