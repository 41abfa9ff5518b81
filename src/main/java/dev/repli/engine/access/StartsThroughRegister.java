package dev.repli.engine.access;

import dev.repli.engine.CommandRule;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.springframework.stereotype.Component;

/**
 * Lets people start runs through the register only. An instance started past it could take the key,
 * the plan or the approvals of another run.
 */
@Component
class StartsThroughRegister implements CommandRule {

  @Override
  public void check(Command<?> command, CommandContext context) {
    boolean starts =
        command instanceof StartProcessInstanceCmd
            || command instanceof StartProcessInstanceAtActivitiesCmd
            || command instanceof SubmitStartFormCmd;
    // the register itself starts instances as Repli, without a user
    if (starts && context.getAuthenticatedUserId() != null) {
      throw new AuthorizationException(
          "runs are started with POST /api/incidents, or with POST"
              + " /engine-rest/process-definition/key/{runbook}/start");
    }
  }
}
