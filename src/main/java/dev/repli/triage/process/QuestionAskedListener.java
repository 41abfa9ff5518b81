package dev.repli.triage.process;

import dev.repli.triage.TriageJournal;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Begins the clock of the decision anew when people are asked after a decision. */
@Component
class QuestionAskedListener implements TaskListener {
  private final TriageJournal journal;

  QuestionAskedListener(TriageJournal journal) {
    this.journal = journal;
  }

  @Override
  public void notify(DelegateTask task) {
    journal.asked(TriageVariables.RUN_KEY.read(task), task.getName());
  }
}
