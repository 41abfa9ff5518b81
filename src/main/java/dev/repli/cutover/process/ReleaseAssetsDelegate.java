package dev.repli.cutover.process;

import dev.repli.cutover.ReleaseAssets;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class ReleaseAssetsDelegate implements JavaDelegate {
  private final ReleaseAssets assets;
  private final CutoverPlan plans;

  ReleaseAssetsDelegate(ReleaseAssets assets, CutoverPlan plans) {
    this.assets = assets;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    assets.release(CutoverVariables.RUN_KEY.read(execution), plans.of(execution));
  }
}
