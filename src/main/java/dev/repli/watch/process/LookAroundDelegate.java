package dev.repli.watch.process;

import dev.repli.engine.LastTry;
import dev.repli.engine.LastTry.Outcome;
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
  private final LastTry lastTry;

  LookAroundDelegate(WatchAfterRollback watch, RunPlan plans, LastTry lastTry) {
    this.watch = watch;
    this.plans = plans;
    this.lastTry = lastTry;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Instant end = WatchVariables.WATCH_END.read(execution);
    Watched watched =
        new Watched(
            WatchVariables.RUN_KEY.read(execution),
            WatchVariables.ROLLBACK_RUN.find(execution),
            end.minus(WatchVariables.LASTS),
            WatchVariables.DRY_RUN.read(execution),
            WatchVariables.ROUND.readOr(execution, 0L));
    Outcome<Round> outcome = lastTry.of(() -> watch.round(watched, plans.of(execution)));
    WatchVariables.ROUND.write(execution, watched.round() + 1);
    if (outcome.problem().isPresent()) {
      failed(execution, outcome.problem().get());
      return;
    }
    Round round = outcome.result().orElseThrow();
    boolean over = !ClockUtil.getCurrentTime().toInstant().isBefore(end);
    WatchVariables.LOOK_EVERY.write(execution, round.next());
    WatchVariables.STATE.write(execution, over ? atEnd(round) : round.state().name());
  }

  private void failed(DelegateExecution execution, String why) {
    watch.failed(WatchVariables.RUN_KEY.read(execution), why);
    WatchVariables.STATE.write(execution, WatchVariables.FAILED);
    WatchVariables.STEP.write(execution, "LOOK AROUND");
    WatchVariables.ERROR.write(execution, why);
    WatchVariables.HINT.write(
        execution,
        "Nobody watches while this is open: look yourself which node accepts writes. See that Repli's"
            + " own database answers, then try again. Without an answer Repli tries again by itself"
            + " after 15 minutes.");
  }

  private static String atEnd(Round round) {
    if (round.state() == State.MOVED || round.atEnd() == AtEnd.LOOK_AGAIN) {
      return round.state().name();
    }
    return round.atEnd() == AtEnd.GOOD ? WatchVariables.OVER : WatchVariables.OVER_BAD;
  }
}
