package dev.repli.comparison;

import dev.repli.plan.Node;

/** Opens nodes for a comparison. */
public interface ComparedNodes {
  /**
   * @throws dev.repli.database.NodeException when the node cannot be reached or refuses the account
   */
  ComparedNode open(Node node);
}
