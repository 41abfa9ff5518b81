package dev.repli.approval;

import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.util.Optional;

/**
 * Whether people approved a rollback together with the cutover. It holds for the plan and runbooks
 * that were shown, and as long as the rollback window.
 */
public final class PreApprovals {
  /** The question that is answered beside the one of the cutover. */
  public static final String QUESTION = "cutoverPreApproves";

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
}
