package dev.repli.writerswitch.process;

import static dev.repli.writerswitch.process.WriterSwitchVariables.SWITCH_REASON;
import static dev.repli.writerswitch.process.WriterSwitchVariables.SWITCH_RESULT;

import dev.repli.writerswitch.WriterSwitch;
import dev.repli.writerswitch.process.WriterSwitchVariables.Result;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** The proof, and with it the result. */
final class SignLedgerDelegate implements JavaDelegate {
  private final WriterSwitch writerSwitch;
  private final SwitchRequests requests;

  SignLedgerDelegate(WriterSwitch writerSwitch, SwitchRequests requests) {
    this.writerSwitch = writerSwitch;
    this.requests = requests;
  }

  @Override
  public void execute(DelegateExecution execution) {
    writerSwitch.ledger(requests.of(execution), SwitchRequests.dryRun(execution));
    SWITCH_RESULT.write(execution, Result.MOVED);
    SWITCH_REASON.write(execution, "");
  }
}
