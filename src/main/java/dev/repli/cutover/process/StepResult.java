package dev.repli.cutover.process;

import dev.repli.cutover.CutoverStep;
import dev.repli.plan.Plan;
import org.camunda.bpm.engine.delegate.VariableScope;

/** What the gateway and the form after a step read. */
final class StepResult {
  static void write(
      VariableScope scope, CutoverStep step, Plan plan, boolean succeeded, String error) {
    CutoverVariables.STEP.write(scope, step);
    CutoverVariables.SUCCEEDED.write(scope, succeeded);
    CutoverVariables.ERROR.write(scope, error);
    CutoverVariables.HINT.write(scope, step.hint());
    CutoverVariables.SKIPPABLE.write(scope, step.skippable(plan));
  }

  private StepResult() {}
}
