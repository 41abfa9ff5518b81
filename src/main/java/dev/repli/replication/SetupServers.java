package dev.repli.replication;

import dev.repli.database.ActLog;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;

/** Opens the two sides of a set-up with the account that may copy. */
public interface SetupServers {
  /**
   * @param log told of every statement that changes something
   * @throws dev.repli.database.NodeException when the node cannot be reached or refuses the account
   */
  SetupServer connect(Plan plan, Node.Role role, ActLog log);
}
