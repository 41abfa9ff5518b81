package dev.repli.communication.process;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;

/** Keeps who answered, for the step that carries the answer out. */
@Component
class MessageAnsweredListener implements TaskListener {

  @Override
  public void notify(DelegateTask task) {
    String who =
        Optional.ofNullable(
                task.getProcessEngineServices().getIdentityService().getCurrentAuthentication())
            .map(Authentication::getUserId)
            .or(() -> Optional.ofNullable(task.getAssignee()))
            .orElse("unknown");
    MessageVariables.ANSWERED_BY.write(task.getExecution(), who);
  }
}
