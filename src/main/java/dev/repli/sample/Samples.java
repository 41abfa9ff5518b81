package dev.repli.sample;

import dev.repli.plan.PlanId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps numbers over time. Each call is a transaction of its own. */
public interface Samples {

  /** Keeps one; a second one of the same millisecond is dropped. */
  void keep(PlanId plan, Series series, Point point);

  /** From one time until another, oldest first. */
  List<Point> between(PlanId plan, Series series, Instant from, Instant until);

  /** When the newest of a series was measured. */
  Optional<Instant> newest(PlanId plan, Series series);

  /** Forgets what is older. */
  void forgetBefore(Instant time);
}
