package dev.repli.writerswitch.process;

import dev.repli.plan.Plans;
import dev.repli.writerswitch.Phase;
import dev.repli.writerswitch.PhaseResult;
import dev.repli.writerswitch.SwitchOutcome;
import dev.repli.writerswitch.WriterSwitch;
import dev.repli.writerswitch.process.WriterSwitchVariables.Result;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code WriterSwitchProcess} by the names that the model uses. */
@Configuration(proxyBeanMethods = false)
class WriterSwitchSteps {
  private final WriterSwitch writerSwitch;
  private final SwitchRequests requests;

  WriterSwitchSteps(WriterSwitch writerSwitch, Plans plans) {
    this.writerSwitch = writerSwitch;
    this.requests = new SwitchRequests(plans);
  }

  @Bean
  PrepareSwitchDelegate prepareSwitchDelegate() {
    return new PrepareSwitchDelegate(writerSwitch, requests);
  }

  @Bean
  PhaseDelegate armSwitchDelegate() {
    return before(Phase.ARM);
  }

  @Bean
  PhaseDelegate holdRoutesDelegate() {
    return before(Phase.HOLD);
  }

  @Bean
  PhaseDelegate fenceOldWriterDelegate() {
    return before(Phase.FENCE);
  }

  @Bean
  PhaseDelegate markPositionDelegate() {
    return before(Phase.MARK);
  }

  @Bean
  PhaseDelegate catchUpNewWriterDelegate() {
    return before(Phase.CATCH_UP);
  }

  @Bean
  PhaseDelegate sealFenceDelegate() {
    return before(Phase.SEAL);
  }

  @Bean
  PhaseDelegate passPointOfNoReturnDelegate() {
    return before(Phase.POINT_OF_NO_RETURN);
  }

  @Bean
  PhaseDelegate openNewWriterDelegate() {
    return after(Phase.OPEN);
  }

  @Bean
  PhaseDelegate routeToNewWriterDelegate() {
    return after(Phase.ROUTE);
  }

  @Bean
  PhaseDelegate verifyNewWriterDelegate() {
    return after(Phase.VERIFY);
  }

  @Bean
  PhaseDelegate reopenOldWriterDelegate() {
    return new PhaseDelegate(this::reopen, Result.HELD);
  }

  @Bean
  PhaseDelegate startReverseReplicationDelegate() {
    return new PhaseDelegate(
        execution -> writerSwitch.reverse(requests.of(execution), SwitchRequests.dryRun(execution)),
        Result.MOVED);
  }

  @Bean
  SignLedgerDelegate signLedgerDelegate() {
    return new SignLedgerDelegate(writerSwitch, requests);
  }

  private PhaseDelegate before(Phase phase) {
    return new PhaseDelegate(
        execution -> writerSwitch.run(execution.getProcessInstanceId(), phase), Result.UNDONE);
  }

  /** Going forward is the only way left; what cannot go forward is held. */
  private PhaseDelegate after(Phase phase) {
    return new PhaseDelegate(
        execution -> {
          PhaseResult result = writerSwitch.run(execution.getProcessInstanceId(), phase);
          if (result instanceof PhaseResult.Failed failed) {
            writerSwitch.hold(execution.getProcessInstanceId(), failed.reason());
          }
          return result;
        },
        Result.HELD);
  }

  private PhaseResult reopen(DelegateExecution execution) {
    boolean aborted = WriterSwitchVariables.SWITCH_RESULT.read(execution) == Result.ABORTED;
    return writerSwitch.undo(
        execution.getProcessInstanceId(),
        aborted ? SwitchOutcome.ABORTED : SwitchOutcome.UNDONE,
        WriterSwitchVariables.SWITCH_REASON.read(execution));
  }
}
