package dev.repli.rollback.process;

import static dev.repli.rollback.process.RollbackVariables.PLAN_ID;

import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** Finds the plan that a run names. */
@Component
class RunPlan {
  private final Plans plans;

  RunPlan(Plans plans) {
    this.plans = plans;
  }

  /**
   * @throws IllegalStateException when the plan was taken away while the run was under way
   */
  Plan of(VariableScope scope) {
    PlanId id = PLAN_ID.read(scope);
    return plans
        .find(id)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "plan " + id + " is gone; put its file back, then retry the step"));
  }
}
