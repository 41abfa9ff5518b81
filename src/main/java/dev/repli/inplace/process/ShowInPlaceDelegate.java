package dev.repli.inplace.process;

import dev.repli.engine.RunPlan;
import dev.repli.inplace.InPlaceView;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class ShowInPlaceDelegate implements JavaDelegate {
  private final InPlaceView view;
  private final RunPlan plans;

  ShowInPlaceDelegate(InPlaceView view, RunPlan plans) {
    this.view = view;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    InPlaceView.Shown shown =
        view.show(InPlaceVariables.RUN_KEY.read(execution), plans.of(execution));
    InPlaceVariables.NODE.write(execution, shown.node());
    InPlaceVariables.TEXT.write(execution, shown.text());
  }
}
