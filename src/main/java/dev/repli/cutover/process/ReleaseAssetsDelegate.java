package dev.repli.cutover.process;

import dev.repli.cutover.ReleaseAssets;
import dev.repli.engine.RunPlan;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class ReleaseAssetsDelegate implements JavaDelegate {
  private final ReleaseAssets assets;
  private final RunPlan plans;

  ReleaseAssetsDelegate(ReleaseAssets assets, RunPlan plans) {
    this.assets = assets;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    assets.release(CutoverVariables.RUN_KEY.read(execution), plans.of(execution));
  }
}
