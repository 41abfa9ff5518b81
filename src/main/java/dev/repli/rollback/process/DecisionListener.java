package dev.repli.rollback.process;

import dev.repli.engine.AtCommit;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;

/** Writes who answered what and why into the journal. Approvals are written by their own rule. */
@Component
class DecisionListener implements TaskListener {
  private final Journal journal;

  DecisionListener(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void notify(DelegateTask task) {
    DecisionModel model =
        DecisionModel.of(task.getBpmnModelElementInstance())
            .orElseThrow(() -> new IllegalStateException(task.getName() + " asks for no decision"));
    RunKey run = RollbackVariables.RUN_KEY.read(task);
    Decided decided =
        new Decided(
            who(task),
            model.question(),
            text(task, model.answer()),
            text(task, model.reason()),
            "");
    AtCommit.run(() -> journal.append(run, decided));
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
}
