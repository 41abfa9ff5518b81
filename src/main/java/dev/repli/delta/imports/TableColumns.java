package dev.repli.delta.imports;

import dev.repli.plan.Account;
import dev.repli.plan.Node;
import java.util.List;
import java.util.Map;

/** Which columns the tables of the applications have, as an account sees them. */
@FunctionalInterface
public interface TableColumns {
  /**
   * Takes some 10 ms, a few seconds at most.
   *
   * @return by {@code schema.table} the names in the table's order, without those that the server
   *     computes
   * @throws dev.repli.database.NodeException when the node cannot be reached, refuses the account,
   *     or has too many tables to tell in time
   */
  Map<String, List<String>> of(Node node, Account account);
}
