package dev.repli.cutover.process;

import dev.repli.cutover.CutoverJournal;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class MarkCutoverLateDelegate implements JavaDelegate {
  private final CutoverJournal journal;

  MarkCutoverLateDelegate(CutoverJournal journal) {
    this.journal = journal;
  }

  @Override
  public void execute(DelegateExecution execution) {
    CutoverVariables.LATE.write(execution, true);
    journal.late(
        CutoverVariables.RUN_KEY.read(execution), CutoverVariables.CURRENT_STEP.read(execution));
  }
}
