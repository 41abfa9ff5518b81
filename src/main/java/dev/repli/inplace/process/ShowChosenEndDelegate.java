package dev.repli.inplace.process;

import dev.repli.engine.RunPlan;
import dev.repli.inplace.InPlaceView;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** When the server does not say it, people are asked again. */
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
    try {
      InPlaceView.Choice choice =
          view.chosen(
              InPlaceVariables.RUN_KEY.read(execution),
              plans.of(execution),
              InPlaceVariables.DELTA.read(execution));
      InPlaceVariables.END_TEXT.write(execution, choice.end());
      InPlaceVariables.TIME.write(execution, choice.time());
      InPlaceVariables.TEXT.write(execution, choice.text());
    } catch (RuntimeException silent) {
      // nobody approves what nobody could show
      InPlaceVariables.SUCCEEDED.write(execution, false);
      InPlaceVariables.ERROR.write(
          execution, "Nobody can tell what it gives up: " + silent.getMessage());
    }
  }
}
