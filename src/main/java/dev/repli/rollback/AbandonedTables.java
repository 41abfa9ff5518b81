package dev.repli.rollback;

import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.DeltaRules.TableRule;
import dev.repli.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * Tables whose changes the plan gives up beforehand, on a way back on which an import brings them.
 * Decided once, and still a loss each time: whoever approves has to see it.
 */
public final class AbandonedTables {
  /** Name of the finding. */
  public static final String WHAT = "changes of every table come back";

  private AbandonedTables() {}

  /** As {@code schema.table}. */
  public static List<String> of(Plan plan) {
    return plan.delta().tables().stream()
        .filter(rule -> rule.policy() == Policy.ABANDON)
        .map(TableRule::table)
        .toList();
  }

  /**
   * Empty when the plan abandons nothing.
   *
   * @param kept what becomes of the changes instead, for people
   */
  public static Optional<Finding> risk(Plan plan, String kept) {
    List<String> tables = of(plan);
    return tables.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.risk(
                WHAT,
                plan.source().label(),
                "not those of %s, which the plan abandons (delta.tables): %s"
                    .formatted(String.join(", ", tables), kept)));
  }

  /** For people: what is lost. */
  public static String loss(Plan plan) {
    List<String> tables = of(plan);
    return tables.isEmpty()
        ? "what was written to tables that the plan abandoned before"
        : "what is written to tables that the plan abandons (" + String.join(", ", tables) + ")";
  }
}
