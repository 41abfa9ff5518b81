package dev.repli.engine.hardening;

import dev.repli.engine.CommandRule;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;

/** A rule over what people answer in a task of a run, whatever way the answer came. */
public abstract class AnswerRule implements CommandRule {

  /**
   * An answer.
   *
   * @param sent by field of the form
   * @param user who is logged in; empty when Repli itself answers
   * @param labels name fields and answers for people
   */
  public record Answer(TaskEntity task, Map<?, ?> sent, Optional<String> user, FormLabels labels) {

    /** Empty when the field was not sent, or is no text. */
    public String text(String field) {
      return sent.get(field) instanceof String text ? text : "";
    }
  }

  /**
   * Asked of every task that is answered.
   *
   * @return why the answer does not count, for people; empty when it does, or is no matter of this
   *     rule
   * @throws org.camunda.bpm.engine.AuthorizationException when this person may not answer so
   */
  protected abstract Optional<String> refusal(Answer answer);

  @Override
  public final void check(Command<?> command, CommandContext context) {
    if (command instanceof CompleteTaskCmd) {
      check(command, "variables", context);
    } else if (command instanceof SubmitTaskFormCmd) {
      check(command, "properties", context);
    }
  }

  private void check(Command<?> command, String field, CommandContext context) {
    if (!(CommandFields.get(command, "taskId") instanceof String id)) {
      return;
    }
    TaskEntity task = context.getTaskManager().findTaskById(id);
    if (task == null || task.getExecution() == null) {
      return;
    }
    Map<?, ?> sent = CommandFields.get(command, field) instanceof Map<?, ?> map ? map : Map.of();
    Answer answer =
        new Answer(
            task,
            sent,
            Optional.ofNullable(context.getAuthenticatedUserId()),
            new FormLabels(() -> form(task, context)));
    context
        .runWithoutAuthorization(() -> refusal(answer))
        .ifPresent(
            why -> {
              throw new FormFieldValidationException(null, why);
            });
  }

  private static Optional<InputStream> form(TaskEntity task, CommandContext context) {
    FormService forms = context.getProcessEngineConfiguration().getFormService();
    return forms.getTaskFormData(task.getId()).getCamundaFormRef() == null
        ? Optional.empty()
        : Optional.of(forms.getDeployedTaskForm(task.getId()));
  }
}
