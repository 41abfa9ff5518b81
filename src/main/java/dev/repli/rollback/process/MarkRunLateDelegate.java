package dev.repli.rollback.process;

import dev.repli.rollback.StepJournal;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class MarkRunLateDelegate implements JavaDelegate {
  private final StepJournal journal;

  MarkRunLateDelegate(StepJournal journal) {
    this.journal = journal;
  }

  @Override
  public void execute(DelegateExecution execution) {
    RollbackVariables.LATE.write(execution, true);
    journal.late(
        RollbackVariables.RUN_KEY.read(execution), RollbackVariables.CURRENT_STEP.read(execution));
  }
}
