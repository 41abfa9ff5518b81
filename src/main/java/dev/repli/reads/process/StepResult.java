package dev.repli.reads.process;

import dev.repli.plan.Plan;
import dev.repli.reads.ReadsStep;
import org.camunda.bpm.engine.delegate.VariableScope;

/** What the gateway and the form after a step read. */
final class StepResult {
  static void write(
      VariableScope scope, ReadsStep step, Plan plan, boolean succeeded, String error) {
    ReadsVariables.STEP.write(scope, step);
    ReadsVariables.SUCCEEDED.write(scope, succeeded);
    ReadsVariables.ERROR.write(scope, error);
    ReadsVariables.HINT.write(scope, step.hint());
    ReadsVariables.SKIPPABLE.write(scope, step.skippable(plan));
  }

  private StepResult() {}
}
