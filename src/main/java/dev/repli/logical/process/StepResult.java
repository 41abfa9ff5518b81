package dev.repli.logical.process;

import dev.repli.rollback.StepName;
import org.camunda.bpm.engine.delegate.VariableScope;

/** What the gateway and the form after a step read. */
final class StepResult {
  private static final String HINT =
      "A table that cannot be imported into: the reason says what to change on the source. A"
          + " statement in the way: no delta leads over it; end this rollback.";

  private StepResult() {}

  static void write(VariableScope scope, boolean succeeded, String error) {
    LogicalVariables.STEP.write(scope, StepName.EXECUTION);
    LogicalVariables.SUCCEEDED.write(scope, succeeded);
    LogicalVariables.ERROR.write(scope, error);
    LogicalVariables.HINT.write(scope, HINT);
    LogicalVariables.SKIPPABLE.write(scope, false);
  }
}
