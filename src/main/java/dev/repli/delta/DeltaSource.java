package dev.repli.delta;

import dev.repli.database.Position;
import dev.repli.plan.Node;

/** Opens the changes of a running server. */
public interface DeltaSource {
  /**
   * Begins to read; the first row comes with {@link DeltaStream#next}.
   *
   * @throws UnreadableDeltaException when the server's settings make an exact reading impossible
   * @throws dev.repli.database.NodeException when the server cannot be reached, refuses the account
   *     or no longer has the binary log of the position
   */
  DeltaStream open(Node node, DeltaRange range);

  /**
   * Looks whether everything after the position is still in the server's binary logs; reads nothing
   * of it.
   *
   * @throws UnreadableDeltaException when the server's settings make an exact reading impossible
   * @throws dev.repli.database.NodeException when it cannot be reached, or the logs are gone
   */
  void requireLog(Node node, Position from);

  /**
   * Which server answers at the node's address.
   *
   * @throws dev.repli.database.NodeException when it cannot be reached
   */
  DeltaServer server(Node node);
}
