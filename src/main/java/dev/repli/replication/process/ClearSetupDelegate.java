package dev.repli.replication.process;

import dev.repli.replication.ReplicationSetup;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class ClearSetupDelegate implements JavaDelegate {
  private final ReplicationSetup setup;
  private final SetupPlan plans;

  ClearSetupDelegate(ReplicationSetup setup, SetupPlan plans) {
    this.setup = setup;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    setup.clear(
        SetupVariables.RUN_KEY.read(execution),
        plans.of(execution),
        SetupVariables.DRY_RUN.read(execution));
  }
}
