package dev.repli.approval.process;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.Question;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.Runs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Puts together what an answer is judged by: from the register and the plan that the run executes.
 */
@Component
class OpenQuestions {
  /** Asked for when needed: the register itself needs the engine that these rules are part of. */
  private final ObjectProvider<Runs> runs;

  private final Plans plans;
  private final Approvals approvals;
  private final Fingerprints fingerprints;

  OpenQuestions(
      ObjectProvider<Runs> runs, Plans plans, Approvals approvals, Fingerprints fingerprints) {
    this.runs = runs;
    this.plans = plans;
    this.approvals = approvals;
    this.fingerprints = fingerprints;
  }

  Question of(ApprovalTask task) {
    Runs.Run run =
        runs.getObject()
            .find(task.run())
            .orElseThrow(
                () -> new IllegalStateException("run " + task.run() + " is not registered"));
    Plan plan =
        task.planHash()
            .map(hash -> plans.version(run.plan(), hash))
            .orElseGet(() -> plans.find(run.plan()))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "plan " + run.plan() + " of run " + task.run() + " is not there any more"));
    return new Question(
        task.question(),
        plan,
        run.requestedBy(),
        fingerprints.of(plan).value(),
        task.askedAt(),
        task.secondOf().isPresent(),
        task.secondOf().flatMap(first -> approvals.newest(task.run(), first)));
  }
}
