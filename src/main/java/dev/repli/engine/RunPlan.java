package dev.repli.engine;

import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** Finds the plan that a run started with, whatever happened to its file since. */
@Component
public class RunPlan {
  private static final ProcessVariable<PlanId> PLAN_ID =
      ProcessVariable.typed("planId", "the id of a plan", PlanId::value, PlanId::new);

  /** Content hash of the plan that is used; also read by approvals and the switch. */
  private static final ProcessVariable<String> PLAN_HASH = ProcessVariable.text("planHash");

  /** Content hash of the plan when the run was asked for. */
  private static final ProcessVariable<String> PLAN_VERSION = ProcessVariable.text("planVersion");

  private final Plans plans;

  public RunPlan(Plans plans) {
    this.plans = plans;
  }

  /**
   * From now on the run uses the plan as it is now.
   *
   * @throws IllegalStateException when there is no such plan
   */
  public Plan freeze(VariableScope scope) {
    PlanId id = PLAN_ID.read(scope);
    Plan plan = plans.find(id).orElseThrow(() -> gone(id));
    PLAN_HASH.write(scope, plan.contentHash());
    return plan;
  }

  /**
   * The plan as {@link #freeze} found it.
   *
   * @throws IllegalStateException when this version of the plan is not kept any more
   */
  public Plan of(VariableScope scope) {
    return version(scope, PLAN_HASH);
  }

  /**
   * The plan as it was when the run was asked for.
   *
   * @throws IllegalStateException when this version of the plan is not kept any more
   */
  public Plan asRequested(VariableScope scope) {
    return version(scope, PLAN_VERSION);
  }

  private Plan version(VariableScope scope, ProcessVariable<String> hash) {
    PlanId id = PLAN_ID.read(scope);
    return plans.version(id, hash.read(scope)).orElseThrow(() -> gone(id));
  }

  private static IllegalStateException gone(PlanId id) {
    return new IllegalStateException(
        "plan " + id + " is gone; put its file back, then retry the step");
  }
}
