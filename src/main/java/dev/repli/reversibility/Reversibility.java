package dev.repli.reversibility;

import dev.repli.plan.PlanId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All ways back of one plan at one time.
 *
 * @param ways those that may be gone first, in the order of preference
 * @param preferred empty when none may be gone
 */
public record Reversibility(
    PlanId plan, Instant at, List<WayBack> ways, Optional<Strategy> preferred) {
  public Reversibility {
    ways = List.copyOf(ways);
  }
}
