package dev.repli.database;

import dev.repli.plan.Node;

/**
 * A node did not do what was asked. The message names the node, what was being done and the answer;
 * never a secret.
 */
public class NodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Action action;

  public NodeException(Node node, String doing, String why, Action action) {
    super(node.label() + ": " + doing + ": " + why);
    this.action = action;
  }

  public NodeException(Node node, String doing, Throwable cause, Action action) {
    super(node.label() + ": " + doing + ": " + cause.getMessage(), cause);
    this.action = action;
  }

  /** Who has to act. */
  public Action action() {
    return action;
  }

  /** Who has to act before it can work. */
  public enum Action {
    CORRECT_INPUT,
    WAIT_AND_RETRY,
    REPAIR_TARGET,
    REPORT_BUG
  }
}
