package dev.repli.reads.process;

import dev.repli.engine.RunPlan;
import dev.repli.reads.DecideOnReads;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** People decided, so what went wrong before counts no more. */
@Component
class ChooseShareDelegate implements JavaDelegate {
  private final RunPlan plans;

  ChooseShareDelegate(RunPlan plans) {
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    DecideOnReads.Decision decision =
        DecideOnReads.decide(
            plans.of(execution),
            ReadsVariables.progress(execution),
            ReadsVariables.ANSWER.read(execution));
    ReadsVariables.NEXT.write(execution, (long) decision.percent());
    ReadsVariables.DONE.write(execution, decision.done());
    ReadsVariables.SETBACKS.write(execution, 0L);
  }
}
