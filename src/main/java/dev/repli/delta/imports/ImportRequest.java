package dev.repli.delta.imports;

import dev.repli.plan.Account;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Node;
import java.util.Map;

/**
 * An import.
 *
 * @param policies by {@code schema.table}; every table with changes needs one
 */
public record ImportRequest(
    ImportId id, Node into, Account account, Map<String, Policy> policies, ImportLimits limits) {
  public ImportRequest {
    policies = Map.copyOf(policies);
  }
}
