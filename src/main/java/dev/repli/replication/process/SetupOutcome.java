package dev.repli.replication.process;

import dev.repli.replication.SetupStep;
import dev.repli.replication.StepResult;
import java.time.Duration;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;

/** What the gateway, the pause and the form after a step read. */
final class SetupOutcome {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private SetupOutcome() {}

  static void write(DelegateExecution execution, StepResult result) {
    if (result instanceof StepResult.Failed failed) {
      failed(execution, failed.step(), failed.why());
      throw new BpmnError(SetupErrors.STEP_FAILED, failed.why());
    }
    boolean done = result instanceof StepResult.Done;
    SetupVariables.SUCCEEDED.write(execution, done);
    SetupVariables.PAUSE.write(execution, done ? FIRST_PAUSE : next(execution));
    SetupVariables.PROGRESS.write(
        execution,
        result instanceof StepResult.GoesOn goesOn
            ? goesOn.progress()
            : ((StepResult.Done) result).text());
  }

  static void failed(VariableScope scope, SetupStep step, String why) {
    SetupVariables.SUCCEEDED.write(scope, false);
    SetupVariables.STEP.write(scope, step);
    SetupVariables.ERROR.write(scope, why);
    SetupVariables.HINT.write(scope, step.hint());
  }

  /** Short at first, so that small copies are quick; longer ones need fewer looks. */
  private static Duration next(VariableScope scope) {
    Duration longer = SetupVariables.PAUSE.readOr(scope, FIRST_PAUSE).multipliedBy(5).dividedBy(4);
    return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }
}
