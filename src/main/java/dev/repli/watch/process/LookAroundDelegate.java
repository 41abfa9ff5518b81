package dev.repli.watch.process;

import dev.repli.engine.RunPlan;
import dev.repli.watch.WatchAfterRollback;
import dev.repli.watch.WatchAfterRollback.AtEnd;
import dev.repli.watch.WatchAfterRollback.Round;
import dev.repli.watch.WatchAfterRollback.State;
import dev.repli.watch.Watched;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.stereotype.Component;

@Component
class LookAroundDelegate implements JavaDelegate {
  private final WatchAfterRollback watch;
  private final RunPlan plans;

  LookAroundDelegate(WatchAfterRollback watch, RunPlan plans) {
    this.watch = watch;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Instant end = WatchVariables.WATCH_END.read(execution);
    Watched watched =
        new Watched(
            WatchVariables.RUN_KEY.read(execution),
            WatchVariables.ROLLBACK_RUN.find(execution),
            end.minus(WatchVariables.LASTS),
            WatchVariables.DRY_RUN.read(execution));
    Round round = watch.round(watched, plans.of(execution));
    boolean over = !ClockUtil.getCurrentTime().toInstant().isBefore(end);
    WatchVariables.LOOK_EVERY.write(execution, round.next());
    WatchVariables.STATE.write(execution, over ? atEnd(round) : round.state().name());
  }

  private static String atEnd(Round round) {
    if (round.state() == State.MOVED || round.atEnd() == AtEnd.LOOK_AGAIN) {
      return round.state().name();
    }
    return round.atEnd() == AtEnd.GOOD ? WatchVariables.OVER : WatchVariables.OVER_BAD;
  }
}
