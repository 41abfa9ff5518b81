package dev.repli.communication.process;

import dev.repli.communication.ApproveMessage;
import dev.repli.communication.ApproveMessage.Shown;
import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Shows the message to people; refuses a run about one that does not wait. */
@Component
class MessageDraftedListener implements ExecutionListener {
  private final RunPlan plans;
  private final ApproveMessage approval;

  MessageDraftedListener(RunPlan plans, ApproveMessage approval) {
    this.plans = plans;
    this.approval = approval;
  }

  @Override
  public void notify(DelegateExecution execution) {
    Plan plan = plans.freeze(execution);
    if (MessageVariables.DRY_RUN.read(execution)) {
      throw new BadUserRequestException("a message is approved or not; there is no dry run of it");
    }
    String draft = MessageVariables.DRAFT.readOr(execution, "");
    Shown shown =
        approval
            .show(MessageVariables.RUN_KEY.read(execution), draft, plan)
            .orElseThrow(
                () ->
                    new BadUserRequestException(
                        "no message waits for an approval under this key; Repli starts this run by"
                            + " itself when one does"));
    MessageVariables.PLAN_RELEASED.write(execution, true);
    MessageVariables.ABOUT.write(execution, shown.about());
    MessageVariables.PREVIEW.write(execution, shown.text().preview());
    for (MessageVariables.Version version : MessageVariables.VERSIONS) {
      String body = shown.text().bodies().getOrDefault(version.language(), "");
      version.text().write(execution, body);
      version.shown().write(execution, body);
    }
  }
}
