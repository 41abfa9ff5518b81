package dev.repli.inplace.process;

import dev.repli.engine.RunPlan;
import dev.repli.inplace.InPlaceView;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The server may not answer, and people have to be asked all the same. */
@Component
class ShowRestDelegate implements JavaDelegate {
  private final InPlaceView view;
  private final RunPlan plans;

  ShowRestDelegate(InPlaceView view, RunPlan plans) {
    this.view = view;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    InPlaceView.Rest rest = rest(execution);
    InPlaceVariables.REST_TEXT.write(execution, rest.text());
    InPlaceVariables.REST_KNOWN.write(execution, rest.known());
  }

  private InPlaceView.Rest rest(DelegateExecution execution) {
    try {
      return view.rest(InPlaceVariables.RUN_KEY.read(execution), plans.of(execution));
    } catch (RuntimeException silent) {
      return new InPlaceView.Rest(
          false,
          "It cannot be told how much of it is written again (%s). Mend that, then try again."
              .formatted(silent.getMessage()));
    }
  }
}
