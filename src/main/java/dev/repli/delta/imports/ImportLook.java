package dev.repli.delta.imports;

import dev.repli.plan.Account;
import dev.repli.plan.Node;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at a node as the account that would import into it, before anybody needs it. */
@FunctionalInterface
public interface ImportLook {
  /**
   * Takes some 10 ms, a few seconds at most. Changes nothing.
   *
   * @throws dev.repli.database.NodeException when the node cannot be reached or refuses the account
   */
  Seen look(Node node, Account account);

  /**
   * What an import would meet.
   *
   * @param refused why it could write nothing at all, each with what would help
   * @param tables why changes of a table would be refused, by {@code schema.table} ({@code
   *     schema.*} for all of one), with what would help; without those that the account cannot see
   */
  record Seen(List<String> refused, Map<String, String> tables) {
    public Seen {
      refused = List.copyOf(refused);
      tables = java.util.Collections.unmodifiableMap(new TreeMap<>(tables));
    }
  }
}
