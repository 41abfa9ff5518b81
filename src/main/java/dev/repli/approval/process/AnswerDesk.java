package dev.repli.approval.process;

import dev.repli.approval.Approval;
import dev.repli.approval.ApprovalLock;
import dev.repli.approval.ApprovalRuling;
import dev.repli.approval.ApprovalRuling.Attempt;
import dev.repli.approval.ApprovalRuling.Ruling;
import dev.repli.approval.Approvals;
import dev.repli.approval.Question;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Journal;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Takes an answer: judges it, keeps it together with the task's completion, and writes it into the
 * journal.
 */
@Component
class AnswerDesk {
  private final OpenQuestions questions;
  private final Approvals approvals;
  private final Journal journal;
  private final ObjectProvider<ApprovalLock> locks;

  AnswerDesk(
      OpenQuestions questions,
      Approvals approvals,
      Journal journal,
      ObjectProvider<ApprovalLock> locks) {
    this.locks = locks;
    this.questions = questions;
    this.approvals = approvals;
    this.journal = journal;
  }

  /**
   * @throws AuthorizationException when this person may not answer
   * @throws FormFieldValidationException when this answer does not count
   */
  void take(ApprovalTask task, Map<?, ?> sent, CommandContext context) {
    Attempt attempt = attempt(task, sent, context);
    context.runWithoutAuthorization(
        () -> {
          Question question = questions.of(task);
          Ruling ruling = ApprovalRuling.judge(question, attempt);
          if (ruling instanceof Ruling.WrongPerson wrong) {
            throw new AuthorizationException(wrong.why());
          } else if (ruling instanceof Ruling.WrongAnswer wrong) {
            throw new FormFieldValidationException(null, wrong.why());
          } else if (ruling instanceof Ruling.Accepted accepted) {
            refuseWhileLocked(task, question, attempt, accepted);
            Approval approval = approval(task, question, attempt, accepted);
            keep(approval, context);
            if (approval.approves() && Boolean.TRUE.equals(sent.get(beside(task)))) {
              keep(besides(approval), context);
            }
          }
          return null;
        });
  }

  private void refuseWhileLocked(
      ApprovalTask task, Question question, Attempt attempt, Ruling.Accepted accepted) {
    if (accepted.answer() != Approval.Answer.APPROVE) {
      return;
    }
    locks
        .orderedStream()
        .flatMap(lock -> lock.closed(task.run(), question, attempt.reason()).stream())
        .findFirst()
        .ifPresent(
            why -> {
              throw new FormFieldValidationException(null, why);
            });
  }

  /** Field of a form that approves one thing more. */
  private static String beside(ApprovalTask task) {
    return task.question() + "PreApproves";
  }

  private static Approval besides(Approval given) {
    String task = given.task() + "-pre";
    return new Approval(
        given.run(),
        given.question() + "PreApproves",
        task,
        task,
        given.who(),
        given.at(),
        given.answer(),
        given.reason(),
        given.fingerprint());
  }

  /** The journal is written last before the commit: what it says then fails for no other reason. */
  private void keep(Approval approval, CommandContext context) {
    approvals.give(approval);
    context
        .getTransactionContext()
        .addTransactionListener(
            TransactionState.COMMITTING,
            committing ->
                journal.append(
                    approval.run(),
                    new Decided(
                        approval.who(),
                        approval.question(),
                        approval.answer().word(),
                        approval.reason(),
                        approval.fingerprint())));
  }

  private static Approval approval(
      ApprovalTask task, Question question, Attempt attempt, Ruling.Accepted accepted) {
    return new Approval(
        task.run(),
        task.question(),
        task.task(),
        question.first().map(Approval::decision).orElse(task.task()),
        attempt.who(),
        attempt.at(),
        accepted.answer(),
        attempt.reason(),
        question.fingerprint());
  }

  private static Attempt attempt(ApprovalTask task, Map<?, ?> sent, CommandContext context) {
    String who = context.getAuthenticatedUserId();
    if (who == null) {
      throw new AuthorizationException(
          "task " + task.task() + " is an approval: somebody has to be logged in to answer it");
    }
    return new Attempt(
        who,
        groupsOf(who, context),
        text(sent, task.question() + "Answer"),
        text(sent, task.question() + "Reason"),
        text(sent, ApprovalAsked.FINGERPRINT.name()),
        ClockUtil.getCurrentTime().toInstant());
  }

  /** Asked now: who lost a role since the log-in has lost it here too. */
  private static Set<String> groupsOf(String who, CommandContext context) {
    return context.runWithoutAuthorization(
        () ->
            context
                .getProcessEngineConfiguration()
                .getIdentityService()
                .createGroupQuery()
                .groupMember(who)
                .list()
                .stream()
                .map(Group::getId)
                .collect(Collectors.toUnmodifiableSet()));
  }

  private static String text(Map<?, ?> sent, String key) {
    return sent.get(key) instanceof String value ? value.strip() : "";
  }
}
