package dev.repli.communication.process;

import dev.repli.communication.ApproveMessage;
import dev.repli.communication.ApproveMessage.Call;
import dev.repli.engine.ModelProperties;
import dev.repli.engine.RunPlan;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Which call it is says the model. */
@Component
class CallForApprovalDelegate implements JavaDelegate {
  private final ApproveMessage approval;
  private final RunPlan plans;

  CallForApprovalDelegate(ApproveMessage approval, RunPlan plans) {
    this.approval = approval;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    ModelProperties model = ModelProperties.of(execution.getBpmnModelElementInstance());
    approval.call(
        MessageVariables.RUN_KEY.read(execution),
        MessageVariables.DRAFT.read(execution),
        plans.of(execution),
        Call.valueOf(model.get("repli.call")));
  }
}
