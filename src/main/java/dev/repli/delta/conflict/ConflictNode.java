package dev.repli.delta.conflict;

import dev.repli.plan.Account;
import dev.repli.plan.Node;

/** Opens sessions in which conflicts are looked at and decided. */
public interface ConflictNode {
  /**
   * @param account the one that imports
   * @throws dev.repli.database.NodeException when the node cannot be reached or refuses the account
   */
  ConflictSession open(Node node, Account account);
}
