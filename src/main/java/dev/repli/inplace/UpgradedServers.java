package dev.repli.inplace;

import dev.repli.database.ActLog;
import dev.repli.plan.Node;

/** Opens sessions for questions. */
public interface UpgradedServers {
  /**
   * @throws dev.repli.database.NodeException when it cannot be reached
   */
  UpgradedServer connect(Node node, ActLog log);
}
