package dev.repli.approval.process;

import dev.repli.engine.CommandRule;
import dev.repli.engine.hardening.CommandFields;
import dev.repli.engine.hardening.FormKeysOnly;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.DelegateTaskCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SignalCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.DelegationState;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Stands before every command that ends or hands over a task. The person is always the one who is
 * logged in: an assignee can be empty, or be somebody else. Comes before the rule that drops
 * read-only fields, because the fingerprint that was shown is one.
 */
@Component
@Order(FormKeysOnly.ORDER - 1)
class ApprovalRule implements CommandRule {
  private final AnswerDesk desk;

  ApprovalRule(AnswerDesk desk) {
    this.desk = desk;
  }

  @Override
  public void check(Command<?> command, CommandContext context) {
    if (command instanceof DelegateTaskCmd || command instanceof ResolveTaskCmd) {
      refuse(command, context, "is an approval and cannot be delegated; assign it instead");
    } else if (command instanceof HandleTaskBpmnErrorCmd
        || command instanceof HandleTaskEscalationCmd) {
      refuse(command, context, "is an approval and can only be answered with its form");
    } else if (command instanceof SignalCmd) {
      refuseToPass(command, context);
    } else if (command instanceof CompleteTaskCmd) {
      answer(command, "variables", context);
    } else if (command instanceof SubmitTaskFormCmd) {
      answer(command, "properties", context);
    }
  }

  private static void refuse(Command<?> command, CommandContext context, String why) {
    task(command, context)
        .flatMap(ApprovalTask::of)
        .ifPresent(
            approval -> {
              throw new AuthorizationException("task " + approval.task() + " " + why);
            });
  }

  /** Signalling an execution leaves its task without ending it: who administers could do that. */
  private static void refuseToPass(Command<?> command, CommandContext context) {
    if (CommandFields.get(command, "executionId") instanceof String execution) {
      context.getTaskManager().findTasksByExecutionId(execution).stream()
          .flatMap(task -> ApprovalTask.of(task).stream())
          .findFirst()
          .ifPresent(
              approval -> {
                throw new AuthorizationException(
                    "task "
                        + approval.task()
                        + " is an approval and can only be answered with its form");
              });
    }
  }

  private void answer(Command<?> command, String field, CommandContext context) {
    Optional<TaskEntity> task = task(command, context);
    Optional<ApprovalTask> approval = task.flatMap(ApprovalTask::of);
    if (approval.isEmpty()) {
      return;
    }
    if (task.filter(t -> t.getDelegationState() == DelegationState.PENDING).isPresent()) {
      throw new AuthorizationException(
          "task " + approval.get().task() + " is an approval and was delegated; assign it instead");
    }
    Map<?, ?> sent = CommandFields.get(command, field) instanceof Map<?, ?> m ? m : Map.of();
    desk.take(approval.get(), sent, context);
  }

  private static Optional<TaskEntity> task(Command<?> command, CommandContext context) {
    return CommandFields.get(command, "taskId") instanceof String id
        ? Optional.ofNullable(context.getTaskManager().findTaskById(id))
        : Optional.empty();
  }
}
