package dev.repli.rollback;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;

/** Asks both nodes who accepts application writes. */
public final class FindWriter {
  private final Looks looks;

  FindWriter(Looks looks) {
    this.looks = looks;
  }

  public Answer find(Plan plan) {
    try (NodeSession source = looks.connect(plan, plan.source());
        NodeSession target = looks.connect(plan, plan.target())) {
      boolean onSource = !source.look().readOnly();
      boolean onTarget = !target.look().readOnly();
      if (onSource == onTarget) {
        return new Unknown(
            onSource
                ? "both nodes accept application writes; fence one of them by hand"
                : "neither node accepts application writes; open the one that has all data");
      }
      return new Known(onSource ? Node.Role.SOURCE : Node.Role.TARGET);
    } catch (NodeException e) {
      return new Unknown(String.valueOf(e.getMessage()));
    }
  }

  /** What the nodes said. */
  public sealed interface Answer {}

  /** Exactly one. */
  public record Known(Node.Role writer) implements Answer {}

  /** None, both, or a node is silent. */
  public record Unknown(String why) implements Answer {}
}
