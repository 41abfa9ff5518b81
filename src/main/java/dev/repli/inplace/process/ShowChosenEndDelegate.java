package dev.repli.inplace.process;

import dev.repli.engine.RunPlan;
import dev.repli.inplace.InPlaceView;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class ShowChosenEndDelegate implements JavaDelegate {
  private final InPlaceView view;
  private final RunPlan plans;

  ShowChosenEndDelegate(InPlaceView view, RunPlan plans) {
    this.view = view;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    InPlaceView.Choice choice =
        view.chosen(
            InPlaceVariables.RUN_KEY.read(execution),
            plans.of(execution),
            InPlaceVariables.DELTA.read(execution));
    InPlaceVariables.END_TEXT.write(execution, choice.end());
    InPlaceVariables.TEXT.write(execution, choice.text());
  }
}
