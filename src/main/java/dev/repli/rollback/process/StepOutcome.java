package dev.repli.rollback.process;

import dev.repli.plan.Plan;
import dev.repli.rollback.Findings;
import dev.repli.rollback.StepName;
import org.camunda.bpm.engine.delegate.VariableScope;

/** What the gateway and the form after a step read. */
final class StepOutcome {

  static void write(VariableScope scope, StepName step, Plan plan, Findings findings) {
    write(scope, step, plan, findings.good(), findings.problems());
  }

  static void write(
      VariableScope scope, StepName step, Plan plan, boolean succeeded, String error) {
    RollbackVariables.STEP.write(scope, step);
    RollbackVariables.SUCCEEDED.write(scope, succeeded);
    RollbackVariables.ERROR.write(scope, error);
    RollbackVariables.HINT.write(scope, step.hint());
    RollbackVariables.SKIPPABLE.write(scope, step.skippable(plan));
  }

  private StepOutcome() {}
}
