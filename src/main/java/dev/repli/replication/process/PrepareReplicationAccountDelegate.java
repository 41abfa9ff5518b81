package dev.repli.replication.process;

import dev.repli.engine.RunPlan;
import dev.repli.replication.ReplicationSetup;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class PrepareReplicationAccountDelegate implements JavaDelegate {
  private final ReplicationSetup setup;
  private final RunPlan plans;

  PrepareReplicationAccountDelegate(ReplicationSetup setup, RunPlan plans) {
    this.setup = setup;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    SetupVariables.BEGUN.write(execution, true);
    SetupOutcome.write(
        execution,
        setup.prepareAccount(
            SetupVariables.RUN_KEY.read(execution),
            plans.asRequested(execution),
            SetupVariables.DRY_RUN.read(execution)));
  }
}
