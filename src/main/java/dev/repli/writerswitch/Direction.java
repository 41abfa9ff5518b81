package dev.repli.writerswitch;

import dev.repli.plan.Node;

/** Which way the writer moves. */
public enum Direction {
  /** Rollback. */
  TO_SOURCE(Node.Role.TARGET, Node.Role.SOURCE),
  /** Cutover. */
  TO_TARGET(Node.Role.SOURCE, Node.Role.TARGET);

  private final Node.Role from;
  private final Node.Role to;

  Direction(Node.Role from, Node.Role to) {
    this.from = from;
    this.to = to;
  }

  /** The writer before. */
  public Node.Role from() {
    return from;
  }

  /** The writer after. */
  public Node.Role to() {
    return to;
  }

  /** For people: {@code target to source}. */
  public String words() {
    return from.word() + " to " + to.word();
  }
}
