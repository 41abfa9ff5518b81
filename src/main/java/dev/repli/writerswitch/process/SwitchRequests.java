package dev.repli.writerswitch.process;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.writerswitch.Direction;
import dev.repli.writerswitch.SwitchRequest;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/**
 * What to switch, read from the process: the instance is the switch's id, so a repeated job repeats
 * the same switch.
 */
final class SwitchRequests {
  private final Plans plans;

  SwitchRequests(Plans plans) {
    this.plans = plans;
  }

  SwitchRequest of(DelegateExecution execution) {
    PlanId id = WriterSwitchVariables.PLAN_ID.read(execution);
    Plan plan =
        WriterSwitchVariables.PLAN_HASH
            .find(execution)
            .map(hash -> plans.version(id, hash))
            .orElseGet(() -> plans.find(id))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "plan " + id + " is no longer there; put its file back and retry the job"));
    return new SwitchRequest(
        execution.getProcessInstanceId(),
        WriterSwitchVariables.RUN_KEY.read(execution),
        plan,
        WriterSwitchVariables.FROM.read(execution) == Node.Role.TARGET
            ? Direction.TO_SOURCE
            : Direction.TO_TARGET,
        WriterSwitchVariables.CARRIED.readOr(execution, false));
  }

  static boolean dryRun(DelegateExecution execution) {
    return WriterSwitchVariables.DRY_RUN.readOr(execution, false);
  }
}
