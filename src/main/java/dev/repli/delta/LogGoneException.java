package dev.repli.delta;

import dev.repli.database.NodeException;
import dev.repli.plan.Node;

/** A server's binary logs do not reach back to a position: purged, or not written then. */
public final class LogGoneException extends NodeException {
  private static final long serialVersionUID = 1L;

  public LogGoneException(Node node, String why) {
    super(node, "reading the binary log", why, Action.CORRECT_INPUT);
  }
}
