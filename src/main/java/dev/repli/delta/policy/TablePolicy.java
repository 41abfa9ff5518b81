package dev.repli.delta.policy;

import dev.repli.plan.DeltaRules.Policy;

/** What happens to the changes of one table. */
public sealed interface TablePolicy {
  /** {@code schema.table}. */
  String table();

  /**
   * It is decided.
   *
   * @param why the rule that decided, for people
   */
  record Decided(String table, Policy policy, String why) implements TablePolicy {}

  /** People have to decide: no rule does without losing something unseen. */
  record Ask(String table, String why) implements TablePolicy {}
}
