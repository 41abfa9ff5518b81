package dev.repli.monitor;

import dev.repli.plan.Node;
import java.time.Duration;

/** How the two nodes of a plan stand to each other. */
public sealed interface PairState {
  /**
   * One replicates from the other.
   *
   * @param lag age of the oldest position of the writer that the replica has not reached
   * @param byRepli by Repli's own stream instead of the servers' replication
   */
  record Replicating(Node.Role replica, Duration lag, boolean byRepli) implements PairState {
    /** By the servers' own replication. */
    public Replicating(Node.Role replica, Duration lag) {
      this(replica, lag, false);
    }
  }

  /** Neither replicates, both say so. */
  record NotSetUp() implements PairState {}

  /** Changes do not arrive, or nobody can tell. */
  record Failing(Kind kind, String why) implements PairState {}

  /** Ways to fail. */
  enum Kind {
    /** A thread of the replica stands. */
    STOPPED,
    /** A node does not answer, or not what can be understood. */
    UNKNOWN,
    /** It replicates from somewhere else. */
    MISDIRECTED
  }
}
