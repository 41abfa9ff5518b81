package dev.repli.run.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.run.Runs.Request;
import java.util.HashMap;
import java.util.Map;

/** What every runbook is started with. A fact of the request never replaces one of these. */
final class StartVariables {
  static final ProcessVariable<String> PLAN_ID = ProcessVariable.text("planId");

  /** Content hash of the plan as it was at the start: a change of it affects the next run only. */
  static final ProcessVariable<String> PLAN_VERSION = ProcessVariable.text("planVersion");

  static final ProcessVariable<String> RUN_KEY = ProcessVariable.text("runKey");
  static final ProcessVariable<String> REQUESTED_BY = ProcessVariable.text("requestedBy");
  static final ProcessVariable<Boolean> DRY_RUN = ProcessVariable.flag("dryRun");

  /** Stands in the names of tasks, so it has to be there also when no incident started the run. */
  static final ProcessVariable<String> INCIDENT_ID = ProcessVariable.text("incidentId");

  /** Set by a runbook when one of its steps takes longer than expected. */
  static final ProcessVariable<Boolean> LATE = ProcessVariable.flag("late");

  /** Set by a runbook that only watches: other runs of the plan may start meanwhile. */
  static final ProcessVariable<Boolean> PLAN_RELEASED = ProcessVariable.flag("planReleased");

  private StartVariables() {}

  static Map<String, Object> of(Request request, String planVersion) {
    Map<String, Object> variables = new HashMap<>();
    INCIDENT_ID.put(variables, request.key().value());
    request.facts().forEach((name, text) -> ProcessVariable.text(name).put(variables, text));
    PLAN_ID.put(variables, request.plan().value());
    PLAN_VERSION.put(variables, planVersion);
    RUN_KEY.put(variables, request.key().value());
    REQUESTED_BY.put(variables, request.requestedBy());
    DRY_RUN.put(variables, request.dryRun());
    return variables;
  }
}
