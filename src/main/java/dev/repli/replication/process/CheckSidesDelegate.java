package dev.repli.replication.process;

import static dev.repli.replication.process.FindingTable.plain;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.replication.Findings;
import dev.repli.replication.ReplicationSetup;
import dev.repli.replication.SetupStep;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CheckSidesDelegate implements JavaDelegate {
  private final ReplicationSetup setup;
  private final RunPlan plans;

  CheckSidesDelegate(ReplicationSetup setup, RunPlan plans) {
    this.setup = setup;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Plan plan = plans.asRequested(execution);
    Findings findings = setup.check(SetupVariables.RUN_KEY.read(execution), plan);
    SetupOutcome.failed(execution, SetupStep.CHECKS, findings.problems());
    SetupVariables.SUCCEEDED.write(execution, findings.good());
    SetupVariables.METHOD.write(execution, findings.method());
    SetupVariables.METHOD_TEXT.write(execution, findings.method().words());
    SetupVariables.EVIDENCE.write(execution, FindingTable.of(findings));
    SetupVariables.LIMIT.write(execution, plan.copy().expected());
    SetupVariables.BEGUN.write(execution, SetupVariables.BEGUN.readOr(execution, false));
    SetupVariables.PROGRESS.write(
        execution, SetupVariables.PROGRESS.readOr(execution, "nothing was changed"));
    SetupVariables.TEXT.write(
        execution,
        "**Replication set-up** of **%s**: %s to %s"
            .formatted(
                plain(plan.title()), plain(plan.source().label()), plain(plan.target().label())));
  }
}
