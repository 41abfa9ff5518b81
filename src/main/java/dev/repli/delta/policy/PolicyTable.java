package dev.repli.delta.policy;

import dev.repli.plan.DeltaRules.Policy;
import java.util.Optional;

/** The team's decision table {@code DeltaPolicy}. */
public interface PolicyTable {
  /**
   * What it says of a table; {@link TablePolicy.Ask} when no rule matches.
   *
   * @param planned what the plan says of the table
   */
  TablePolicy decide(TableFacts facts, Optional<Policy> planned);
}
