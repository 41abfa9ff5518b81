package dev.repli.triage.process;

import dev.repli.engine.RunPlan;
import dev.repli.triage.TellCountdown;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Tells people of the countdown before its task is made, which says when it ends. */
@Component
class CountdownBegunListener implements ExecutionListener {
  private final TellCountdown countdown;
  private final RunPlan plans;

  CountdownBegunListener(TellCountdown countdown, RunPlan plans) {
    this.countdown = countdown;
    this.plans = plans;
  }

  @Override
  public void notify(DelegateExecution execution) {
    String ends = countdown.begins(TriageVariables.RUN_KEY.read(execution), plans.of(execution));
    TriageVariables.COUNTDOWN_ENDS.write(execution, ends);
  }
}
