package dev.repli.watch.process;

import dev.repli.engine.RunPlan;
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
    var unused = plans.freeze(execution);
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
