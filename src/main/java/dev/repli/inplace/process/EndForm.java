package dev.repli.inplace.process;

import dev.repli.engine.CommandRule;
import dev.repli.engine.hardening.CommandFields;
import dev.repli.inplace.WantedEnd;
import java.util.Map;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.stereotype.Component;

/** Refuses an end of the recovery that can be none, whatever way the answer came. */
@Component
class EndForm implements CommandRule {
  private static final String TASK = "Task_ConfirmInPlace";
  private static final String CANCEL = "CANCEL";

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
    if (task == null || !TASK.equals(task.getTaskDefinitionKey())) {
      return;
    }
    Map<?, ?> sent = CommandFields.get(command, field) instanceof Map<?, ?> map ? map : Map.of();
    String answer = text(sent, InPlaceVariables.ANSWER.name());
    if (!answer.equals(CANCEL)) {
      WantedEnd.refusal(text(sent, InPlaceVariables.END.name()), answer)
          .ifPresent(
              why -> {
                throw new FormFieldValidationException(null, why);
              });
    }
  }

  private static String text(Map<?, ?> sent, String variable) {
    return sent.get(variable) instanceof String text ? text : "";
  }
}
