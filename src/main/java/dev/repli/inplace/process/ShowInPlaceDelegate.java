package dev.repli.inplace.process;

import dev.repli.engine.RunPlan;
import dev.repli.inplace.InPlaceNode;
import dev.repli.inplace.InPlaceView;
import dev.repli.rollback.EvidenceTable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The server may not answer, and people have to be asked all the same. */
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
    try {
      InPlaceView.Shown shown =
          view.show(InPlaceVariables.RUN_KEY.read(execution), plans.of(execution));
      InPlaceVariables.NODE.write(execution, shown.node());
      InPlaceVariables.TEXT.write(execution, shown.text());
    } catch (RuntimeException silent) {
      InPlaceVariables.NODE.write(execution, node(execution));
      InPlaceVariables.TEXT.write(
          execution,
          "**Nobody can tell now what will be lost:** "
              + EvidenceTable.warning(String.valueOf(silent.getMessage()))
              + "\n\nMend that first. An answer here looks again before anybody approves anything;"
              + " or do not go back.");
    }
  }

  private String node(DelegateExecution execution) {
    return InPlaceNode.of(plans.of(execution).forCopying())
        .map(at -> at.node().address().toString())
        .orElse("");
  }
}
