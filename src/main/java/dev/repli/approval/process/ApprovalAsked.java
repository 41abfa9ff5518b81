package dev.repli.approval.process;

import dev.repli.approval.Approval;
import dev.repli.approval.Question;
import dev.repli.engine.ProcessVariable;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.stereotype.Component;

/**
 * When the task is made: puts the fingerprint on it for the form to show, and hides it from those
 * who may not answer it.
 */
@Component
class ApprovalAsked implements TaskListener {
  static final ProcessVariable<String> FINGERPRINT = ProcessVariable.text("fingerprint");

  private final OpenQuestions questions;

  ApprovalAsked(OpenQuestions questions) {
    this.questions = questions;
  }

  @Override
  public void notify(DelegateTask task) {
    ApprovalTask.of((TaskEntity) task)
        .ifPresent(
            approval ->
                Context.getCommandContext()
                    .runWithoutAuthorization(
                        () -> {
                          ask(task, questions.of(approval));
                          return null;
                        }));
  }

  private static void ask(DelegateTask task, Question question) {
    FINGERPRINT.writeLocal(task, question.fingerprint());
    List<String> excluded = new ArrayList<>();
    excluded.add(question.requestedBy());
    question
        .first()
        .map(Approval::who)
        .filter(first -> !excluded.contains(first))
        .ifPresent(excluded::add);
    excluded.forEach(user -> hide(task, user));
  }

  /** The engine removes it together with the task. */
  private static void hide(DelegateTask task, String user) {
    AuthorizationEntity revoked = new AuthorizationEntity(Authorization.AUTH_TYPE_REVOKE);
    revoked.setUserId(user);
    revoked.setResource(Resources.TASK);
    revoked.setResourceId(task.getId());
    revoked.removePermission(Permissions.ALL);
    Context.getCommandContext().getAuthorizationManager().insert(revoked);
  }
}
