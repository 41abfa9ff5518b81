package dev.repli.database;

import dev.repli.plan.Node;

/**
 * How the way back is tried out while the other way is in use: the writer follows its own replica
 * for a moment, and a row that Repli writes on the replica has to arrive. Such rows have a history
 * of their own (MariaDB: a GTID domain), so that they never stand between the application's. Every
 * method throws {@link NodeException}.
 */
public interface Canary {

  /** End of this node's binary log. */
  BinlogEnd end();

  /**
   * This node, though it is the writer, applies what the other one writes itself from there on.
   * What comes back from this node is left out by its server id.
   */
  void follow(Node other, BinlogEnd from, String replicationPassword);

  /** Ends {@link #follow}; repeatable, and mends what a killed Repli left. */
  void unfollow();

  /**
   * Writes one row of the probe on the writer, in one statement with the look at its fence: another
   * run may seal it at any time, and a row that comes later would be a history of its own that
   * nobody else has. Refused when it is fenced.
   */
  void write(String run, String id);

  /** Writes one row of the probe on a replica, past its fence; no other run may be at work. */
  void writePastFence(String run, String id);

  /** Takes that row away again, past the fence if there is one. */
  void forget(String run, String id);
}
