package dev.repli.replication.process;

import static dev.repli.replication.process.SetupVariables.PLAN_ID;
import static dev.repli.replication.process.SetupVariables.PLAN_VERSION;

import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** The plan that a run started with, whatever happened to its file since. */
@Component
class SetupPlan {
  private final Plans plans;

  SetupPlan(Plans plans) {
    this.plans = plans;
  }

  /**
   * @throws IllegalStateException when this version of the plan is not kept any more
   */
  Plan of(VariableScope scope) {
    PlanId id = PLAN_ID.read(scope);
    return plans
        .version(id, PLAN_VERSION.read(scope))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "plan " + id + " is gone; put its file back, then retry the step"));
  }
}
