package dev.repli.writerswitch;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;

/**
 * What to switch.
 *
 * @param switchId names this one switch within the run; the same after a crash, another when people
 *     start the switch again
 */
public record SwitchRequest(String switchId, RunKey run, Plan plan, Direction direction) {
  /** The writer before. */
  public Node oldWriter() {
    return plan.node(direction.from());
  }

  /** The writer after. */
  public Node newWriter() {
    return plan.node(direction.to());
  }
}
