package dev.repli.inplace;

import dev.repli.database.ActLog;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import java.sql.SQLException;

/** The node beside the one that goes back: hours ago it may have been gone, and be back now. */
final class OtherSide {
  private OtherSide() {}

  /** Errors with a number are said by a server. */
  private static boolean answers(NodeException silent) {
    return silent.getCause() instanceof SQLException said && said.getErrorCode() > 0;
  }

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
    } catch (NodeException silent) {
      if (answers(silent)) {
        throw new InPlaceException(
            "%s answers, and does not say whether it accepts writes (%s), so %s stays closed: two could; mend that or stop it, then try again"
                .formatted(other.label(), silent.getMessage(), scene.at.node().label()));
      }
      scene.note(
          Notes.milestone(
              "IN_PLACE_OTHER_GONE", other.label() + " is gone: " + silent.getMessage()));
      return; // as at the assessment: it may be gone for good
    }
    if (writes) {
      throw new InPlaceException(
          "%s accepts writes, so %s stays closed: two would; fence it, then try again"
              .formatted(other.label(), scene.at.node().label()));
    }
  }
}
