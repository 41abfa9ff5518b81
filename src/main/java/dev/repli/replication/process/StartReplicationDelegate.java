package dev.repli.replication.process;

import dev.repli.replication.ReplicationSetup;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class StartReplicationDelegate implements JavaDelegate {
  private final ReplicationSetup setup;
  private final SetupPlan plans;

  StartReplicationDelegate(ReplicationSetup setup, SetupPlan plans) {
    this.setup = setup;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    SetupOutcome.write(
        execution,
        setup.start(
            SetupVariables.RUN_KEY.read(execution),
            plans.of(execution),
            SetupVariables.DRY_RUN.read(execution)));
  }
}
