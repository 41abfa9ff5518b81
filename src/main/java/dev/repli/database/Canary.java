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

  /** Writes one row of the probe here, past the fence if there is one. */
  void write(String run, String id);

  /** Takes that row away again, past the fence if there is one. */
  void forget(String run, String id);
}
