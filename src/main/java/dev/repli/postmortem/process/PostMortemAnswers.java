package dev.repli.postmortem.process;

import dev.repli.engine.CommandRule;
import dev.repli.engine.ModelProperties;
import dev.repli.engine.hardening.CommandFields;
import dev.repli.postmortem.ActionLines;
import dev.repli.postmortem.ActionLines.Read;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.stereotype.Component;

/**
 * Refuses a post-mortem that is too long or not complete, and its acceptance by who wrote it,
 * whatever way the answer came.
 */
@Component
class PostMortemAnswers implements CommandRule {
  /** Of one field; the engine's column holds 4 000. */
  private static final int LONGEST = 3000;

  private static final String ROLE = "repli.postMortem";

  @Override
  public void check(Command<?> command, CommandContext context) {
    if (command instanceof CompleteTaskCmd) {
      check(command, "variables", context);
    } else if (command instanceof SubmitTaskFormCmd) {
      check(command, "properties", context);
    }
  }

  private static void check(Command<?> command, String field, CommandContext context) {
    if (!(CommandFields.get(command, "taskId") instanceof String id)) {
      return;
    }
    TaskEntity task = context.getTaskManager().findTaskById(id);
    if (task == null || task.getExecution() == null) {
      return;
    }
    Map<?, ?> sent = CommandFields.get(command, field) instanceof Map<?, ?> map ? map : Map.of();
    String user = context.getAuthenticatedUserId();
    context.runWithoutAuthorization(
        () -> {
          ModelProperties.of(task.getBpmnModelElementInstance())
              .find(ROLE)
              .ifPresent(role -> judge(role, task, sent, Optional.ofNullable(user)));
          return null;
        });
  }

  private static void judge(String role, TaskEntity task, Map<?, ?> sent, Optional<String> user) {
    if (role.equals("write")) {
      wrong(sent)
          .ifPresent(
              why -> {
                throw new FormFieldValidationException(null, why);
              });
    } else if (user.isPresent() && user.equals(PostMortemVariables.WRITTEN_BY.find(task))) {
      throw new AuthorizationException(
          user.get() + " wrote this post-mortem, so somebody else has to accept it");
    }
  }

  private static Optional<String> wrong(Map<?, ?> sent) {
    for (Map.Entry<?, ?> field : sent.entrySet()) {
      if (field.getValue() instanceof String text && text.length() > LONGEST) {
        return Optional.of(
            "%s has %d characters; at most %d are kept"
                .formatted(field.getKey(), text.length(), LONGEST));
      }
    }
    if (!PostMortemVariables.READY.equals(sent.get(PostMortemVariables.ANSWER))) {
      return Optional.empty();
    }
    if (text(sent, PostMortemVariables.WHYS.get(0)).isBlank()) {
      return Optional.of("a post-mortem that is ready says at least one why");
    }
    LocalDate today = LocalDate.ofInstant(ClockUtil.getCurrentTime().toInstant(), ZoneOffset.UTC);
    return ActionLines.read(text(sent, PostMortemVariables.ACTIONS), today)
            instanceof Read.Wrong wrong
        ? Optional.of(wrong.why())
        : Optional.empty();
  }

  private static String text(Map<?, ?> sent, String variable) {
    return sent.get(variable) instanceof String text ? text : "";
  }
}
