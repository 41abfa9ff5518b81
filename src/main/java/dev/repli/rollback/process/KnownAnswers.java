package dev.repli.rollback.process;

import dev.repli.engine.CommandRule;
import dev.repli.engine.hardening.CommandFields;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.stereotype.Component;

/** Refuses an answer that no gateway knows and a missing reason, whatever way the answer came. */
@Component
class KnownAnswers implements CommandRule {

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
    context
        .runWithoutAuthorization(
            () ->
                DecisionModel.of(task.getBpmnModelElementInstance())
                    .flatMap(model -> refusal(model, sent, task)))
        .ifPresent(
            why -> {
              throw new FormFieldValidationException(null, why);
            });
  }

  private static Optional<String> refusal(DecisionModel model, Map<?, ?> sent, TaskEntity task) {
    String answer = text(sent, model.answer());
    return model
        .refusal(answer, text(sent, model.reason()))
        .or(
            () ->
                model
                    .typed()
                    .flatMap(
                        typed ->
                            typed.refusal(
                                answer,
                                text(sent, typed.variable()),
                                String.valueOf(task.getVariable(typed.expected())))))
        .or(
            () ->
                model
                    .closed()
                    .flatMap(closed -> closed.refusal(answer, task.getVariable(closed.by()))));
  }

  private static String text(Map<?, ?> sent, String variable) {
    return sent.get(variable) instanceof String text ? text : "";
  }
}
