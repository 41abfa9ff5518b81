package dev.repli.writerswitch;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Transport;
import dev.repli.run.RunKey;

/**
 * What to switch.
 *
 * @param switchId names this one switch within the run; the same after a crash, another when people
 *     start the switch again
 * @param carried whether the new writer gets the old one's changes from a {@link Carrier}, however
 *     these two servers usually do
 */
public record SwitchRequest(
    String switchId, RunKey run, Plan plan, Direction direction, boolean carried) {

  /** A switch whose new writer gets the old one's changes as it does all the time. */
  public SwitchRequest(String switchId, RunKey run, Plan plan, Direction direction) {
    this(switchId, run, plan, direction, false);
  }

  /** Whether Repli's own stream brings the old writer's changes to the new one. */
  public boolean streamed() {
    return !carried && Transport.of(oldWriter(), newWriter()) == Transport.STREAM;
  }

  /** Whether Repli's own stream has to bring the new writer's changes to the old one afterwards. */
  boolean streamsBack() {
    return !carried && Transport.of(newWriter(), oldWriter()) == Transport.STREAM;
  }

  /** Whether the new writer gets the changes otherwise than by replicating them. */
  boolean withoutReplication() {
    return carried || streamed();
  }

  /** Servers of two technologies do not understand each other's positions. */
  boolean mixed() {
    return oldWriter().kind() != newWriter().kind();
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
