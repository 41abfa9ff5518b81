package dev.repli.writerswitch.process;

import static dev.repli.writerswitch.process.WriterSwitchVariables.PHASE_FAILED;
import static dev.repli.writerswitch.process.WriterSwitchVariables.SWITCH_REASON;
import static dev.repli.writerswitch.process.WriterSwitchVariables.SWITCH_RESULT;

import dev.repli.writerswitch.PhaseResult;
import dev.repli.writerswitch.process.WriterSwitchVariables.Result;
import java.util.function.Function;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** One phase as one step; a phase that did not work is the drawn error. */
final class PhaseDelegate implements JavaDelegate {
  private final Function<DelegateExecution, PhaseResult> phase;
  private final Result failure;

  /**
   * @param failure what the switch comes to when this phase fails
   */
  PhaseDelegate(Function<DelegateExecution, PhaseResult> phase, Result failure) {
    this.phase = phase;
    this.failure = failure;
  }

  @Override
  public void execute(DelegateExecution execution) {
    PhaseResult result = phase.apply(execution);
    if (result instanceof PhaseResult.Failed failed) {
      stop(execution, failure, failed.reason());
    } else if (result instanceof PhaseResult.Aborted aborted) {
      stop(execution, Result.ABORTED, aborted.reason());
    }
  }

  private static void stop(DelegateExecution execution, Result result, String reason) {
    SWITCH_RESULT.write(execution, result);
    SWITCH_REASON.write(execution, reason);
    throw new BpmnError(PHASE_FAILED, reason);
  }
}
