package dev.repli.postmortem.process;

import dev.repli.engine.ModelProperties;
import dev.repli.engine.RunPlan;
import dev.repli.postmortem.RemindWriters;
import dev.repli.postmortem.RemindWriters.Call;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Which call it is says the model. */
@Component
class RemindWritersDelegate implements JavaDelegate {
  private final RemindWriters writers;
  private final RunPlan plans;

  RemindWritersDelegate(RemindWriters writers, RunPlan plans) {
    this.writers = writers;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    ModelProperties model = ModelProperties.of(execution.getBpmnModelElementInstance());
    writers.call(
        PostMortemVariables.RUN_KEY.read(execution),
        PostMortemVariables.ROLLBACK.read(execution),
        plans.of(execution),
        PostMortemVariables.DUE_AT.read(execution),
        Call.valueOf(model.get("repli.call")));
  }
}
