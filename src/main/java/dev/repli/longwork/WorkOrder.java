package dev.repli.longwork;

import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.Map;
import java.util.Optional;

/**
 * What to work for.
 *
 * @param dryRun look for real, change nothing, write down what would have run
 * @param facts of the run that are texts, by their names
 */
public record WorkOrder(RunKey run, Plan plan, boolean dryRun, Map<String, String> facts) {
  public WorkOrder {
    facts = Map.copyOf(facts);
  }

  /** A text of the run; empty when it has none of this name. */
  public Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name)).filter(text -> !text.isBlank());
  }
}
