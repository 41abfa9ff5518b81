package dev.repli.rollback;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;

/**
 * What an automatic step works for.
 *
 * @param dryRun look, but do not act
 * @param inPlace the release before comes back on the node that was upgraded; the writer does not
 *     move
 */
public record StepRequest(RunKey run, Plan plan, boolean dryRun, boolean inPlace) {

  /** The node that accepts application writes when the rollback is over. */
  Node writer() {
    return inPlace ? upgraded() : plan.source();
  }

  /** The node that must not accept any. */
  Node other() {
    return writer().role() == Node.Role.SOURCE ? plan.target() : plan.source();
  }

  private Node upgraded() {
    return plan.upgradedInPlace()
        .orElseThrow(() -> new IllegalStateException("the plan names no upgraded node"));
  }
}
