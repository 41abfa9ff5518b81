package dev.repli.rollback.process;

import dev.repli.engine.ModelProperties;
import dev.repli.rollback.StepJournal;
import dev.repli.rollback.StepName;
import dev.repli.run.RunKey;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Notes when each of the six steps begins and ends. */
@Component
class StepClockListener implements ExecutionListener {
  private static final String STEP = "repli.step";
  private final StepJournal journal;

  StepClockListener(StepJournal journal) {
    this.journal = journal;
  }

  @Override
  public void notify(DelegateExecution execution) {
    StepName step =
        StepName.valueOf(ModelProperties.of(execution.getBpmnModelElementInstance()).get(STEP));
    RunKey run = RollbackVariables.RUN_KEY.read(execution);
    if (EVENTNAME_START.equals(execution.getEventName())) {
      RollbackVariables.CURRENT_STEP.write(execution, step);
      journal.begun(run, step, RollbackVariables.limitOf(step).read(execution));
    } else {
      journal.ended(run, step);
    }
  }
}
