package dev.repli.rollback;

import dev.repli.approval.Approval;
import dev.repli.approval.PreApprovals;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A rollback that people approved together with the cutover it takes back. That counts while the
 * cutover is still watched, for the plan and runbooks that were shown then, and not for the
 * approver as the one who asks. Whoever says no to a rollback of the plan afterwards withdraws it.
 */
public final class ApprovedWithCutover {
  private static final String CUTOVER = "CutoverProcess";

  /** More runs of one plan than this since its cutover: people are asked again. */
  private static final int NEWEST = 50;

  /** Asked for when needed: the register itself needs the engine that the steps are part of. */
  private final Supplier<Runs> runs;

  private final PreApprovals approvals;

  ApprovedWithCutover(Supplier<Runs> runs, PreApprovals approvals) {
    this.runs = runs;
    this.approvals = approvals;
  }

  /** Who approved it and when; empty when people have to be asked. */
  public Optional<Approval> find(RunKey rollback, Plan plan) {
    String asking = runs.get().find(rollback).map(Runs.Run::requestedBy).orElse("");
    List<Runs.Run> newest = runs.get().newest(plan.id(), NEWEST);
    return newest.stream()
        .filter(run -> run.runbook().equals(CUTOVER) && !run.dryRun() && run.result().isEmpty())
        .findFirst()
        .flatMap(cutover -> approvals.given(cutover.key(), plan))
        .filter(given -> !given.who().equals(asking))
        .filter(given -> newest.stream().noneMatch(run -> approvals.refused(run.key(), given)));
  }
}
