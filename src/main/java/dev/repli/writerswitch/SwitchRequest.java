package dev.repli.writerswitch;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;

/**
 * What to switch.
 *
 * @param switchId names this one switch within the run; the same after a crash, another when people
 *     start the switch again
 * @param carried whether the new writer gets the old one's changes from a {@link Carrier} instead
 *     of replicating them
 */
public record SwitchRequest(
    String switchId, RunKey run, Plan plan, Direction direction, boolean carried) {

  /** A switch whose new writer replicates from the old one. */
  public SwitchRequest(String switchId, RunKey run, Plan plan, Direction direction) {
    this(switchId, run, plan, direction, false);
  }

  /** The writer before. */
  public Node oldWriter() {
    return plan.node(direction.from());
  }

  /** The writer after. */
  public Node newWriter() {
    return plan.node(direction.to());
  }
}
