package dev.repli.triage.process;

import dev.repli.approval.PreApprovals;
import dev.repli.engine.AtCommit;
import dev.repli.engine.ModelProperties;
import dev.repli.engine.RunPlan;
import dev.repli.run.RunKey;
import dev.repli.triage.TriageJournal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.stereotype.Component;

/**
 * Stops the clock of the decision, and remembers who asked for a rollback, and that people stopped
 * one: from then on it begins only when they approve it anew.
 */
@Component
class IncidentDecidedListener implements TaskListener {
  private final TriageJournal journal;
  private final PreApprovals approvals;
  private final RunPlan plans;

  IncidentDecidedListener(TriageJournal journal, PreApprovals approvals, RunPlan plans) {
    this.journal = journal;
    this.approvals = approvals;
    this.plans = plans;
  }

  @Override
  public void notify(DelegateTask task) {
    String answer = text(task, "repli.answer");
    if (answer.equals("STOP")) {
      TriageVariables.PEOPLE_DECIDE.write(task.getExecution(), true);
      approvals.refuse(
          TriageVariables.RUN_KEY.read(task),
          plans.of(task.getExecution()),
          task.getId(),
          who(task),
          text(task, "repli.reason"));
    }
    if (answer.equals("ROLL_BACK")) {
      TriageVariables.ROLLBACK_ASKED_BY.write(task.getExecution(), who(task));
    }
    if (answer.equals("NOT_NEEDED")) {
      TriageVariables.PEOPLE_DECIDE.write(task.getExecution(), true);
    }
    if (answer.equals("OFFICE_HOURS")) {
      // what becomes worse later has a grace period of its own
      TriageVariables.GRACE_ENDS.remove(task.getExecution());
    }
    if (List.of("EVALUATE_AGAIN", "MEASURE_AGAIN").contains(answer)) {
      return;
    }
    RunKey run = TriageVariables.RUN_KEY.read(task);
    String by = who(task);
    String what = task.getName() + ": " + answer;
    Instant now = ClockUtil.getCurrentTime().toInstant();
    AtCommit.run(() -> journal.decided(run, by, what, now));
  }

  private static String text(DelegateTask task, String property) {
    String variable = ModelProperties.of(task.getBpmnModelElementInstance()).get(property);
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
