package dev.repli.delta.imports;

import dev.repli.plan.Account;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Node;
import java.util.Map;
import java.util.Optional;

/**
 * An import.
 *
 * @param policies by {@code schema.table}
 * @param others for every other table; empty when a table that is not named ends the import
 */
public record ImportRequest(
    ImportId id,
    Node into,
    Account account,
    Map<String, Policy> policies,
    Optional<Policy> others,
    ImportLimits limits) {
  public ImportRequest {
    policies = Map.copyOf(policies);
  }

  /** An import of named tables. */
  public ImportRequest(
      ImportId id, Node into, Account account, Map<String, Policy> policies, ImportLimits limits) {
    this(id, into, account, policies, Optional.empty(), limits);
  }

  Optional<Policy> policy(String table) {
    return Optional.ofNullable(policies.get(table)).or(() -> others);
  }
}
