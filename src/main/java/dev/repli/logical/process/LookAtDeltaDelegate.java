package dev.repli.logical.process;

import dev.repli.engine.RunPlan;
import dev.repli.logical.DeltaLook;
import dev.repli.run.RunKey;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class LookAtDeltaDelegate implements JavaDelegate {
  private final DeltaLook delta;
  private final RunPlan plans;

  LookAtDeltaDelegate(DeltaLook delta, RunPlan plans) {
    this.delta = delta;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    RunKey run = LogicalVariables.RUN_KEY.read(execution);
    DeltaLook.Seen seen = look(execution, run);
    LogicalVariables.TEXT.write(execution, seen.text());
    LogicalVariables.UNDECIDED.write(execution, seen.undecided());
    LogicalVariables.PASSABLE.write(execution, seen.passable());
    LogicalVariables.ASKED.write(execution, (long) seen.asked().facts().size());
    LogicalVariables.TABLES.write(execution, seen.asked().form());
    LogicalVariables.IMPORT_ID.write(execution, run.value());
  }

  private DeltaLook.Seen look(DelegateExecution execution, RunKey run) {
    try {
      return delta.look(run, plans.of(execution));
    } catch (RuntimeException silent) {
      StepResult.write(execution, false, String.valueOf(silent.getMessage()));
      throw new BpmnError(LogicalErrors.DELTA_UNREAD);
    }
  }
}
