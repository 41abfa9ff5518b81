package dev.repli.rollback;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import java.util.List;

/** The node beside the one that goes back in place: it may be gone, but it must not write. */
record OtherNode(Looks looks) {
  private static final String WHAT = "refuses application writes, or is gone";

  Findings mustNotWrite(Plan plan, Node other) {
    try (NodeSession session = looks.connect(plan, other)) {
      boolean fenced = session.look().readOnly();
      return new Findings(
          List.of(
              Finding.expect(
                  fenced, WHAT, other.label(), fenced ? "read only" : "accepts writes: fence it")));
    } catch (NodeException gone) {
      return new Findings(List.of(Finding.note(WHAT, other.label(), "does not answer")));
    }
  }
}
