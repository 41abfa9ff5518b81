package dev.repli.comparison;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;

/**
 * What to compare.
 *
 * @param from the node that writes
 * @param to the node that replicates from it
 */
public record ComparisonRequest(
    ComparisonId id, Plan plan, Node.Role from, Node.Role to, TableSelection tables) {
  public ComparisonRequest {
    if (from == to) {
      throw new IllegalArgumentException("comparing the " + from.word() + " with itself");
    }
  }
}
