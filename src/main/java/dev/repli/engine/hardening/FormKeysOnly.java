package dev.repli.engine.hardening;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.repli.engine.CommandRule;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.camunda.bpm.engine.form.FormField;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.impl.VariableMapImpl;
import org.camunda.bpm.engine.variable.value.ObjectValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Accepts with a completed task only what its form asks for. The engine itself takes every
 * variable, so that whoever may do one task could overwrite the decision of another. Read-only
 * fields arrive, are not stored, and so cannot change what they showed.
 */
@Component
@Order(FormKeysOnly.ORDER)
public class FormKeysOnly implements CommandRule {
  /** Rules that need the values of read-only fields have a lower order. */
  public static final int ORDER = 100;

  private final ObjectMapper json;

  FormKeysOnly(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void check(Command<?> command, CommandContext context) {
    if (command instanceof CompleteTaskCmd) {
      filter(command, "variables", context);
    } else if (command instanceof SubmitTaskFormCmd) {
      filter(command, "properties", context);
    }
  }

  private void filter(Command<?> command, String field, CommandContext context) {
    if (!(CommandFields.get(command, field) instanceof Map<?, ?> sent)
        || sent.isEmpty()
        || !(CommandFields.get(command, "taskId") instanceof String taskId)) {
      return;
    }
    TaskEntity task = context.getTaskManager().findTaskById(taskId);
    if (task != null && task.getTaskDefinition() != null) {
      FormKeys keys = context.runWithoutAuthorization(() -> keysOf(task, context));
      CommandFields.set(command, field, accepted(sent, keys));
    }
  }

  private FormKeys keysOf(TaskEntity task, CommandContext context) {
    var form = context.getProcessEngineConfiguration().getFormService();
    var data = form.getTaskFormData(task.getId());
    if (data.getCamundaFormRef() != null || data.getFormKey() != null) {
      return FormKeys.read(json, form.getDeployedTaskForm(task.getId()));
    }
    return FormKeys.writable(data.getFormFields().stream().map(FormField::getId).toList());
  }

  private static VariableMapImpl accepted(Map<?, ?> sent, FormKeys keys) {
    Map<String, Object> kept = new HashMap<>();
    TreeSet<String> foreign = new TreeSet<>();
    TypedValues values = new TypedValues(sent);
    for (Object key : sent.keySet()) {
      String name = String.valueOf(key);
      if (keys.isWritable(name)) {
        kept.put(name, plain(name, values.of(name)));
      } else if (!keys.isReadOnly(name)) {
        foreign.add(name);
      }
    }
    if (!foreign.isEmpty()) {
      throw refused("the form of this task has no field " + String.join(", ", foreign));
    }
    return (VariableMapImpl) Variables.fromMap(kept);
  }

  private static Object plain(String name, TypedValue value) {
    if (value instanceof ObjectValue) {
      throw refused("field " + name + " must be a plain value, not a serialized object");
    }
    return value;
  }

  private static FormFieldValidationException refused(String why) {
    return new FormFieldValidationException(null, why);
  }

  /** Values with their type, whatever kind of map they came in. */
  private record TypedValues(Map<?, ?> sent) {
    TypedValue of(String name) {
      return sent instanceof VariableMapImpl typed
          ? typed.getValueTyped(name)
          : Variables.untypedValue(sent.get(name));
    }
  }
}
