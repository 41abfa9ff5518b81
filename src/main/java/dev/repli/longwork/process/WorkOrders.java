package dev.repli.longwork.process;

import dev.repli.longwork.WorkOrder;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import java.util.HashMap;
import java.util.Map;

/** Reads what is to be done from the variables of a task. */
final class WorkOrders {
  private final Plans plans;

  WorkOrders(Plans plans) {
    this.plans = plans;
  }

  WorkOrder of(RunKey run, Map<String, Object> variables) {
    PlanId id = WorkVariables.PLAN_ID.find(variables).orElseThrow();
    String hash = WorkVariables.PLAN_HASH.find(variables).orElseThrow();
    Plan plan =
        plans
            .version(id, hash)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "plan " + id + " is gone; put its file back, then try again"));
    Map<String, String> texts = new HashMap<>();
    variables.forEach(
        (name, value) -> {
          if (value instanceof String text) {
            texts.put(name, text);
          }
        });
    return new WorkOrder(
        run, plan, WorkVariables.DRY_RUN.find(variables).orElse(false), Map.copyOf(texts));
  }
}
