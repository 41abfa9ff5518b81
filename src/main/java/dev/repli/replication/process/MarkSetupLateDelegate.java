package dev.repli.replication.process;

import dev.repli.replication.ReplicationSetup;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class MarkSetupLateDelegate implements JavaDelegate {
  private final ReplicationSetup setup;

  MarkSetupLateDelegate(ReplicationSetup setup) {
    this.setup = setup;
  }

  @Override
  public void execute(DelegateExecution execution) {
    SetupVariables.LATE.write(execution, true);
    setup.late(SetupVariables.RUN_KEY.read(execution));
  }
}
