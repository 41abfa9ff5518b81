package dev.repli.triage.process;

import dev.repli.engine.ModelProperties;
import dev.repli.triage.TriageJournal;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.stereotype.Component;

/** Stops the clock of the decision, and remembers that people stopped a rollback. */
@Component
class IncidentDecidedListener implements TaskListener {
  private final TriageJournal journal;

  IncidentDecidedListener(TriageJournal journal) {
    this.journal = journal;
  }

  @Override
  public void notify(DelegateTask task) {
    String answer = answer(task);
    if (answer.equals("STOP")) {
      TriageVariables.PEOPLE_DECIDE.write(task.getExecution(), true);
    }
    if (List.of("EVALUATE_AGAIN", "MEASURE_AGAIN").contains(answer)) {
      return;
    }
    journal.decided(
        TriageVariables.RUN_KEY.read(task),
        who(task),
        task.getName() + ": " + answer,
        ClockUtil.getCurrentTime().toInstant());
  }

  private static String answer(DelegateTask task) {
    String variable = ModelProperties.of(task.getBpmnModelElementInstance()).get("repli.answer");
    return task.getVariable(variable) instanceof String text ? text : "";
  }

  private static String who(DelegateTask task) {
    return Optional.ofNullable(
            task.getProcessEngineServices().getIdentityService().getCurrentAuthentication())
        .map(Authentication::getUserId)
        .or(() -> Optional.ofNullable(task.getAssignee()))
        .orElse("unknown");
  }
}
