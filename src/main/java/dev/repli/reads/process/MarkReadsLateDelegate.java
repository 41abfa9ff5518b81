package dev.repli.reads.process;

import dev.repli.reads.ReadsJournal;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class MarkReadsLateDelegate implements JavaDelegate {
  private final ReadsJournal journal;

  MarkReadsLateDelegate(ReadsJournal journal) {
    this.journal = journal;
  }

  @Override
  public void execute(DelegateExecution execution) {
    ReadsVariables.LATE.write(execution, true);
    journal.late(
        ReadsVariables.RUN_KEY.read(execution), ReadsVariables.CURRENT_STEP.read(execution));
  }
}
