package dev.repli.cutover.process;

import dev.repli.cutover.AnnounceCutover;
import dev.repli.engine.RunPlan;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class AnnounceCutoverDelegate implements JavaDelegate {
  private final AnnounceCutover announcement;
  private final RunPlan plans;

  AnnounceCutoverDelegate(AnnounceCutover announcement, RunPlan plans) {
    this.announcement = announcement;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    announcement.announce(
        CutoverVariables.RUN_KEY.read(execution),
        plans.of(execution),
        CutoverVariables.DRY_RUN.read(execution));
  }
}
