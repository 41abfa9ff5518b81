package dev.repli.writerswitch.process;

import static dev.repli.writerswitch.process.WriterSwitchVariables.SWITCH_PREPARED;
import static dev.repli.writerswitch.process.WriterSwitchVariables.SWITCH_REASON;
import static dev.repli.writerswitch.process.WriterSwitchVariables.SWITCH_RESULT;

import dev.repli.writerswitch.Preparation;
import dev.repli.writerswitch.SwitchOutcome;
import dev.repli.writerswitch.WriterSwitch;
import dev.repli.writerswitch.process.WriterSwitchVariables.Prepared;
import dev.repli.writerswitch.process.WriterSwitchVariables.Result;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** Opens everything and finds out whether this is a first try. */
final class PrepareSwitchDelegate implements JavaDelegate {
  private final WriterSwitch writerSwitch;
  private final SwitchRequests requests;

  PrepareSwitchDelegate(WriterSwitch writerSwitch, SwitchRequests requests) {
    this.writerSwitch = writerSwitch;
    this.requests = requests;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Preparation found =
        writerSwitch.prepare(requests.of(execution), SwitchRequests.dryRun(execution));
    if (found instanceof Preparation.Ready) {
      write(execution, Prepared.READY, Result.HELD, "");
    } else if (found instanceof Preparation.Refused refused) {
      write(execution, Prepared.REFUSED, Result.REFUSED, refused.reason());
    } else if (found instanceof Preparation.Aborted aborted) {
      write(execution, Prepared.REFUSED, Result.ABORTED, aborted.reason());
    } else if (found instanceof Preparation.Interrupted interrupted) {
      write(
          execution,
          Prepared.INTERRUPTED,
          interrupted.abortRequested() ? Result.ABORTED : Result.UNDONE,
          interrupted.reason());
    } else if (found instanceof Preparation.Forward forward) {
      write(execution, Prepared.FORWARD, Result.HELD, forward.reason());
    } else if (found instanceof Preparation.Held held) {
      write(execution, Prepared.HELD, Result.HELD, held.reason());
    } else if (found instanceof Preparation.Ended ended) {
      write(
          execution,
          prepared(ended.outcome()),
          Result.valueOf(ended.outcome().name()),
          ended.reason());
    }
  }

  private static Prepared prepared(SwitchOutcome outcome) {
    return switch (outcome) {
      case MOVED -> Prepared.MOVED;
      case UNDONE, ABORTED -> Prepared.UNDONE;
      case REFUSED -> Prepared.REFUSED;
    };
  }

  private static void write(
      DelegateExecution execution, Prepared prepared, Result result, String reason) {
    SWITCH_PREPARED.write(execution, prepared);
    SWITCH_RESULT.write(execution, result);
    SWITCH_REASON.write(execution, reason);
  }
}
