package dev.repli.rollback.process;

import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Journal;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;

/**
 * Accepts one of the answers that the next gateway knows, and writes who gave it and why into the
 * journal. For tasks that are not approvals; those have rules of their own.
 */
@Component
class DecisionListener implements TaskListener {
  private final Journal journal;

  DecisionListener(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void notify(DelegateTask task) {
    ModelProperties model = ModelProperties.of(task.getBpmnModelElementInstance());
    String answer = text(task, model.get("repli.answer"));
    String reason = text(task, model.get("repli.reason"));
    List<String> answers = List.of(model.get("repli.answers").split(","));
    if (!answers.contains(answer)) {
      throw refused("the answer has to be one of " + String.join(", ", answers));
    }
    if (reason.isBlank() && answer.equals(model.values().get("repli.reasonFor"))) {
      throw refused("the answer " + answer + " needs a reason");
    }
    journal.append(
        RollbackVariables.RUN_KEY.read(task),
        new Decided(who(task), model.get("repli.question"), answer, reason, ""));
  }

  private static String text(DelegateTask task, String variable) {
    return task.getVariable(variable) instanceof String text ? text : "";
  }

  private static String who(DelegateTask task) {
    return Optional.ofNullable(
            task.getProcessEngineServices().getIdentityService().getCurrentAuthentication())
        .map(Authentication::getUserId)
        .or(() -> Optional.ofNullable(task.getAssignee()))
        .orElse("unknown");
  }

  private static FormFieldValidationException refused(String why) {
    return new FormFieldValidationException(null, why);
  }
}
