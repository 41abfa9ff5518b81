package dev.repli.certificate;

import dev.repli.database.NodeSession;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Transport;

/**
 * What a proof looks at.
 *
 * @param writer who accepts writes now: the source before the cutover, the target in the rollback
 *     window
 */
record Situation(Plan plan, NodeSession source, NodeSession target, Node.Role writer) {
  /** The cutover has not happened yet, so the way back is not in use. */
  boolean beforeCutover() {
    return writer == Node.Role.SOURCE;
  }

  /** The servers cannot replicate back: Repli's own stream does. */
  boolean streamsBack() {
    return Transport.of(plan.target(), plan.source()) == Transport.STREAM;
  }
}
