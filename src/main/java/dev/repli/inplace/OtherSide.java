package dev.repli.inplace;

import dev.repli.database.ActLog;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;

/** The node beside the one that goes back: hours ago it may have been gone, and be back now. */
final class OtherSide {
  private OtherSide() {}

  /**
   * Right before this node takes writes.
   *
   * @throws InPlaceException when both would
   */
  static void mustNotWrite(Scene scene) {
    Plan plan = scene.order.plan();
    Node other = scene.at.node().role() == Node.Role.SOURCE ? plan.target() : plan.source();
    boolean writes;
    try (NodeSession session =
        scene.ports.databases.connect(other, plan.budgets().lease(), ActLog.NONE)) {
      writes = !session.look().readOnly();
    } catch (NodeException gone) {
      return; // as at the assessment: it may be gone for good
    }
    if (writes) {
      throw new InPlaceException(
          "%s accepts writes, so %s stays closed: two would; fence it, then try again"
              .formatted(other.label(), scene.at.node().label()));
    }
  }
}
