package dev.repli.backup.process;

import static dev.repli.rollback.EvidenceTable.plain;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Refuses what the plan knows nothing of, and leaves the plan to other runs. */
@Component
class BackupProofRequestedListener implements ExecutionListener {
  private final RunPlan plans;

  BackupProofRequestedListener(RunPlan plans) {
    this.plans = plans;
  }

  @Override
  public void notify(DelegateExecution execution) {
    Plan plan = plans.freeze(execution);
    Node node =
        plan.upgradedInPlace()
            .orElseThrow(
                () ->
                    new BadUserRequestException(
                        "plan "
                            + plan.id()
                            + " names no machine with backups and a previous release; add"
                            + " machine.backups and machine.previous (docs/backups.md)"));
    BackupProofVariables.PLAN_RELEASED.write(execution, true);
    BackupProofVariables.RESULT.write(execution, "");
    String what =
        BackupProofVariables.BACKUP
            .find(execution)
            .filter(name -> !name.isBlank())
            .map(name -> "backup " + plain(name))
            .orElse("the newest backup without a proof");
    BackupProofVariables.ABOUT.write(
        execution,
        "**Proof** of %s of **%s**, %s.\n\n%s"
            .formatted(
                what,
                plain(plan.title()),
                plain(node.label()),
                plain(BackupProofVariables.SUMMARY.readOr(execution, "")))
            .strip());
  }
}
