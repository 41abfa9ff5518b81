package dev.repli.delta.process;

import dev.repli.delta.conflict.ProposeRule;
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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Refuses a rule that could decide nothing, whatever way the answer came. */
@Component
class RuleForm implements CommandRule {
  static final String PROPOSES = "PROPOSE_RULE";
  private static final String TASK = "Task_ResolveConflicts";

  /** Asked for when needed: the engine itself needs the rules. */
  private final ObjectProvider<ProposeRule> rules;

  RuleForm(ObjectProvider<ProposeRule> rules) {
    this.rules = rules;
  }

  @Override
  public void check(Command<?> command, CommandContext context) {
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
    if (task == null || !TASK.equals(task.getTaskDefinitionKey()) || task.getExecution() == null) {
      return;
    }
    Map<?, ?> sent = CommandFields.get(command, field) instanceof Map<?, ?> map ? map : Map.of();
    if (text(sent, ConflictVariables.ANSWER.name()).equals(PROPOSES)) {
      refusal(task, sent)
          .ifPresent(
              why -> {
                throw new FormFieldValidationException(null, why);
              });
    }
  }

  private Optional<String> refusal(TaskEntity task, Map<?, ?> sent) {
    return rules
        .getObject()
        .refusal(
            ConflictVariables.RUN_KEY.read(task.getExecution()),
            text(sent, ConflictVariables.KIND.name()),
            text(sent, ConflictVariables.TABLE.name()),
            text(sent, ConflictVariables.COLUMN.name()));
  }

  private static String text(Map<?, ?> sent, String variable) {
    return sent.get(variable) instanceof String text ? text.strip() : "";
  }
}
