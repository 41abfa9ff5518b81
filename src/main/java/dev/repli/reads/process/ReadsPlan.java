package dev.repli.reads.process;

import static dev.repli.reads.process.ReadsVariables.PLAN_HASH;
import static dev.repli.reads.process.ReadsVariables.PLAN_ID;

import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** Finds the plan that a run started with, whatever happened to its file since. */
@Component
class ReadsPlan {
  private final Plans plans;

  ReadsPlan(Plans plans) {
    this.plans = plans;
  }

  /**
   * From now on the run uses the plan as it is now.
   *
   * @throws IllegalStateException when there is no such plan
   */
  Plan freeze(VariableScope scope) {
    PlanId id = PLAN_ID.read(scope);
    Plan plan = plans.find(id).orElseThrow(() -> gone(id));
    PLAN_HASH.write(scope, plan.contentHash());
    return plan;
  }

  /**
   * @throws IllegalStateException when this version of the plan is not kept any more
   */
  Plan of(VariableScope scope) {
    PlanId id = PLAN_ID.read(scope);
    return plans.version(id, PLAN_HASH.read(scope)).orElseThrow(() -> gone(id));
  }

  private static IllegalStateException gone(PlanId id) {
    return new IllegalStateException(
        "plan " + id + " is gone; put its file back, then retry the step");
  }
}
