package dev.repli.delta.imports;

import dev.repli.plan.Account;
import dev.repli.plan.Node;

/** Opens sessions that import. */
public interface ImportTarget {
  /**
   * @param account may write the tables of the applications, also while the node is fenced
   * @throws dev.repli.database.NodeException when the node cannot be reached or refuses the account
   */
  ImportSession open(Node node, Account account);
}
