package dev.repli.replication.process;

import dev.repli.replication.ReplicationSetup;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CopyDataDelegate implements JavaDelegate {
  private final ReplicationSetup setup;
  private final SetupPlan plans;

  CopyDataDelegate(ReplicationSetup setup, SetupPlan plans) {
    this.setup = setup;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    SetupOutcome.write(
        execution,
        setup.copy(
            SetupVariables.RUN_KEY.read(execution),
            plans.of(execution),
            SetupVariables.METHOD.read(execution),
            SetupVariables.DRY_RUN.read(execution)));
  }
}
