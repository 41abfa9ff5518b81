package dev.repli.approval;

import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Whether people approved a rollback together with the cutover. It holds for the plan and runbooks
 * that were shown, and as long as the rollback window.
 */
public final class PreApprovals {
  /** The question that is answered beside the one of the cutover. */
  public static final String QUESTION = "cutoverPreApproves";

  /** The question that a rollback asks before it begins, and its second one. */
  public static final String ROLLBACK = "rollback";

  private static final Set<String> ROLLBACK_QUESTIONS = Set.of(ROLLBACK, "secondRollback");

  /** What the table of approvals takes. */
  private static final int LONGEST_REASON = 2_000;

  private final Approvals approvals;
  private final Fingerprints fingerprints;
  private final Clock clock;

  public PreApprovals(Approvals approvals, Fingerprints fingerprints, Clock clock) {
    this.approvals = approvals;
    this.fingerprints = fingerprints;
    this.clock = clock;
  }

  /**
   * @param cutover run of the cutover
   * @param plan as that run knows it
   */
  public boolean rollback(RunKey cutover, Plan plan) {
    return given(cutover, plan).isPresent();
  }

  /** The answer itself, while it counts. */
  public Optional<Approval> given(RunKey cutover, Plan plan) {
    return approvals
        .newest(cutover, QUESTION)
        .filter(Approval::approves)
        .filter(given -> given.fingerprint().equals(fingerprints.of(plan).value()))
        .filter(given -> clock.instant().isBefore(given.at().plus(plan.rollbackWindow())));
  }

  /**
   * Whether somebody said no to a rollback after it had been approved with the cutover.
   *
   * @param run a run of the same plan
   */
  public boolean refused(RunKey run, Approval given) {
    return approvals.of(run).stream()
        .filter(answer -> ROLLBACK_QUESTIONS.contains(answer.question()))
        .filter(answer -> !answer.at().isBefore(given.at()))
        .anyMatch(answer -> !answer.approves());
  }

  /**
   * Keeps that a rollback was stopped that would have begun without asking, as a "no" to it, in the
   * transaction of the caller.
   *
   * @param run where it was stopped
   * @param task in which it was stopped
   */
  public void refuse(RunKey run, Plan plan, String task, String who, String reason) {
    approvals.give(
        new Approval(
            run,
            ROLLBACK,
            task,
            task,
            who,
            clock.instant(),
            Approval.Answer.REJECT,
            reason.substring(0, Math.min(LONGEST_REASON, reason.length())),
            fingerprints.of(plan).value()));
  }
}
