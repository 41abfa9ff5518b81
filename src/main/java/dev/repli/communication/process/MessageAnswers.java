package dev.repli.communication.process;

import dev.repli.communication.VisibleText;
import dev.repli.engine.CommandRule;
import dev.repli.engine.ModelProperties;
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

/** Refuses a changed text that is none, or too long, whatever way it came. */
@Component
class MessageAnswers implements CommandRule {
  /** Of one language; the engine's column holds 4 000. */
  static final int LONGEST = 3000;

  private static final String MARK = "repli.message";

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
                ModelProperties.of(task.getBpmnModelElementInstance())
                    .find(MARK)
                    .flatMap(any -> wrong(sent, task)))
        .ifPresent(
            why -> {
              throw new FormFieldValidationException(null, why);
            });
  }

  private static Optional<String> wrong(Map<?, ?> sent, TaskEntity task) {
    if (!"SEND_CHANGED".equals(sent.get(MessageVariables.ANSWER))) {
      return Optional.empty();
    }
    boolean same = true;
    for (MessageVariables.Version version : MessageVariables.VERSIONS) {
      String shown = version.shown().readOr(task, "");
      String now =
          sent.get(version.text().name()) instanceof String changed
              ? VisibleText.lines(changed)
              : shown;
      if (now.length() > LONGEST) {
        return Optional.of(
            "%s has %d characters; at most %d are sent"
                .formatted(version.text(), now.length(), LONGEST));
      }
      if (now.isEmpty() && !shown.isEmpty()) {
        return Optional.of(version.text() + " is empty: write what is sent, or answer DO_NOT_SEND");
      }
      same &= now.equals(VisibleText.lines(shown));
    }
    return same ? Optional.of("no text is changed: change one, or answer SEND") : Optional.empty();
  }
}
