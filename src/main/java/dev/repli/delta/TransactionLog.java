package dev.repli.delta;

import dev.repli.plan.Node;
import java.util.function.Predicate;

/** The transactions of a running MariaDB's binary logs, without what they changed. */
public interface TransactionLog {
  /**
   * Tells of each transaction in the order of the logs, up to where they end now.
   *
   * @param file of the server
   * @param offset in it, between two transactions
   * @param more whether to go on after this one
   * @throws UnreadableDeltaException when a log is damaged
   * @throws dev.repli.database.NodeException when the server cannot be reached, refuses the account
   *     of replication, or no longer has the file
   */
  void read(Node node, String file, long offset, Predicate<LoggedTransaction> more);
}
