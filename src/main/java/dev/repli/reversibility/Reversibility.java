package dev.repli.reversibility;

import dev.repli.plan.PlanId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All ways back of one plan at one time.
 *
 * @param ways those that may be gone first, in the order of preference
 * @param preferred empty when none may be gone
 * @param windowEnds until when people may go back; empty when no cutover of the plan is watched
 */
public record Reversibility(
    PlanId plan,
    Instant at,
    List<WayBack> ways,
    Optional<Strategy> preferred,
    Optional<Instant> windowEnds) {
  public Reversibility {
    ways = List.copyOf(ways);
  }

  /** What is left of the rollback window; none once it is over, empty when none is known. */
  public Optional<Duration> windowLeft() {
    return left(windowEnds, at);
  }

  static Optional<Duration> left(Optional<Instant> windowEnds, Instant at) {
    return windowEnds.map(end -> end.isAfter(at) ? Duration.between(at, end) : Duration.ZERO);
  }

  /** One of the ways; empty when nobody measures it. */
  public Optional<WayBack> way(Strategy strategy) {
    return ways.stream().filter(way -> way.strategy() == strategy).findFirst();
  }

  /** The same, whose ways say when they take longer than that. */
  Reversibility withinTheWindow() {
    return windowLeft()
        .map(
            left ->
                new Reversibility(
                    plan,
                    at,
                    ways.stream().map(way -> way.within(left)).toList(),
                    preferred,
                    windowEnds))
        .orElse(this);
  }
}
