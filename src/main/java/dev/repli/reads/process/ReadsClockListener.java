package dev.repli.reads.process;

import dev.repli.engine.ModelProperties;
import dev.repli.reads.ReadsJournal;
import dev.repli.reads.ReadsStep;
import dev.repli.run.RunKey;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Notes when each step begins and ends. */
@Component
class ReadsClockListener implements ExecutionListener {
  private static final String STEP = "repli.step";
  private final ReadsJournal journal;

  ReadsClockListener(ReadsJournal journal) {
    this.journal = journal;
  }

  @Override
  public void notify(DelegateExecution execution) {
    ReadsStep step =
        ReadsStep.valueOf(ModelProperties.of(execution.getBpmnModelElementInstance()).get(STEP));
    RunKey run = ReadsVariables.RUN_KEY.read(execution);
    if (EVENTNAME_START.equals(execution.getEventName())) {
      ReadsVariables.CURRENT_STEP.write(execution, step);
      journal.begun(run, step, ReadsVariables.limitOf(step).read(execution));
    } else {
      journal.ended(run, step);
    }
  }
}
