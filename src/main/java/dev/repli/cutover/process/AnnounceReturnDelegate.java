package dev.repli.cutover.process;

import dev.repli.cutover.AnnounceReturn;
import dev.repli.engine.RunPlan;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class AnnounceReturnDelegate implements JavaDelegate {
  private final AnnounceReturn announce;
  private final RunPlan plans;

  AnnounceReturnDelegate(AnnounceReturn announce, RunPlan plans) {
    this.announce = announce;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    announce.begin(CutoverVariables.RUN_KEY.read(execution), plans.of(execution));
  }
}
