package dev.repli.longwork.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;

/** What an external task reads of its process, and leaves there. */
final class WorkVariables {
  static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);
  static final ProcessVariable<PlanId> PLAN_ID =
      ProcessVariable.typed("planId", "the id of a plan", PlanId::value, PlanId::new);
  static final ProcessVariable<String> PLAN_HASH = ProcessVariable.text("planHash");
  static final ProcessVariable<Boolean> DRY_RUN = ProcessVariable.flag("dryRun");
  // what the gateway behind it and the failed-step task read
  static final ProcessVariable<Boolean> SUCCEEDED = ProcessVariable.flag("stepSucceeded");
  static final ProcessVariable<String> ERROR = ProcessVariable.text("stepError");
  static final ProcessVariable<String> HINT = ProcessVariable.text("stepHint");

  private WorkVariables() {}
}
