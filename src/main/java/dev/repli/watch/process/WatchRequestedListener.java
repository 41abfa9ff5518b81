package dev.repli.watch.process;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.EvidenceTable;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.stereotype.Component;

/** Sets the end: two hours after the rollback's, however late the watch begins. */
@Component
class WatchRequestedListener implements ExecutionListener {
  private final RunPlan plans;

  WatchRequestedListener(RunPlan plans) {
    this.plans = plans;
  }

  @Override
  public void notify(DelegateExecution execution) {
    Plan plan = plans.freeze(execution);
    String run = WatchVariables.RUN_KEY.read(execution).value();
    WatchVariables.ABOUT.write(
        execution,
        "**Watch** after a rollback of **%s**: [its rounds so far](/api/runs/%s/watch.html)"
            .formatted(EvidenceTable.plain(plan.title()), run));
    WatchVariables.PLAN_RELEASED.write(execution, true);
    Instant now = ClockUtil.getCurrentTime().toInstant();
    Instant ended =
        WatchVariables.ROLLBACK_ENDED_AT
            .find(execution)
            .filter(end -> end.isBefore(now))
            .orElse(now);
    WatchVariables.WATCH_END.write(execution, ended.plus(WatchVariables.LASTS));
  }
}
