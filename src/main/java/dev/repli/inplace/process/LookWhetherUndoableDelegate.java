package dev.repli.inplace.process;

import dev.repli.engine.RunPlan;
import dev.repli.inplace.InPlaceView;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** People want to go back: whether that is still possible, and what to tell them if not. */
@Component
class LookWhetherUndoableDelegate implements JavaDelegate {
  private final InPlaceView view;
  private final RunPlan plans;

  LookWhetherUndoableDelegate(InPlaceView view, RunPlan plans) {
    this.view = view;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Optional<String> why = whyNot(execution);
    InPlaceVariables.UNDOABLE.write(execution, why.isEmpty());
    why.ifPresent(
        text -> InPlaceVariables.ERROR.write(execution, "It cannot be undone any more: " + text));
  }

  private Optional<String> whyNot(DelegateExecution execution) {
    try {
      return view.whyNotUndone(InPlaceVariables.RUN_KEY.read(execution), plans.of(execution));
    } catch (RuntimeException silent) {
      return Optional.of("nobody can tell, " + silent.getMessage());
    }
  }
}
