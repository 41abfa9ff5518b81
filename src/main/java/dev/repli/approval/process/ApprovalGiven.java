package dev.repli.approval.process;

import dev.repli.approval.Approvals;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The last lock: an approval task cannot end, by whatever command, without a kept answer. */
@Component
class ApprovalGiven implements TaskListener {
  private final Approvals approvals;

  ApprovalGiven(Approvals approvals) {
    this.approvals = approvals;
  }

  @Override
  public void notify(DelegateTask task) {
    if (approvals.in(task.getId()).isEmpty()) {
      throw new AuthorizationException(
          "task " + task.getId() + " is an approval and can only be answered with its form");
    }
  }
}
