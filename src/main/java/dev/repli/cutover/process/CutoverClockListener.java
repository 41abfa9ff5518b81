package dev.repli.cutover.process;

import dev.repli.cutover.CutoverJournal;
import dev.repli.cutover.CutoverStep;
import dev.repli.engine.ModelProperties;
import dev.repli.run.RunKey;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Notes when each step begins and ends; the watch lets other runs of the plan start. */
@Component
class CutoverClockListener implements ExecutionListener {
  private static final String STEP = "repli.step";
  private final CutoverJournal journal;

  CutoverClockListener(CutoverJournal journal) {
    this.journal = journal;
  }

  @Override
  public void notify(DelegateExecution execution) {
    CutoverStep step =
        CutoverStep.valueOf(ModelProperties.of(execution.getBpmnModelElementInstance()).get(STEP));
    RunKey run = CutoverVariables.RUN_KEY.read(execution);
    if (EVENTNAME_START.equals(execution.getEventName())) {
      CutoverVariables.CURRENT_STEP.write(execution, step);
      CutoverVariables.PLAN_RELEASED.write(execution, step == CutoverStep.WATCH);
      journal.begun(run, step, CutoverVariables.limitOf(step).read(execution));
    } else {
      journal.ended(run, step);
    }
  }
}
