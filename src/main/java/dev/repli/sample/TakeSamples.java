package dev.repli.sample;

import dev.repli.criteria.Breach;
import dev.repli.criteria.BreachStore;
import dev.repli.monitor.PairState;
import dev.repli.plan.Metric;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps what others saw last: the monitor's lag and writers, the criteria's error rate. Asks no
 * node and no metrics server itself. What nobody measured is not kept.
 */
public final class TakeSamples {
  private static final Duration KEPT = Duration.ofDays(7);

  private final Plans plans;
  private final Function<Plan, Optional<PairState>> replication;
  private final Function<Plan, Optional<Integer>> writers;
  private final BreachStore breaches;
  private final Samples samples;
  private final Clock clock;

  /**
   * @param replication what the monitor saw last
   * @param writers how many nodes it saw accepting application writes then
   */
  public TakeSamples(
      Plans plans,
      Function<Plan, Optional<PairState>> replication,
      Function<Plan, Optional<Integer>> writers,
      BreachStore breaches,
      Samples samples,
      Clock clock) {
    this.plans = plans;
    this.replication = replication;
    this.writers = writers;
    this.breaches = breaches;
    this.samples = samples;
    this.clock = clock;
  }

  /** Looks once at every plan. */
  public void tick() {
    Instant now = clock.instant();
    for (Plan plan : plans.all()) {
      replication
          .apply(plan)
          .filter(PairState.Replicating.class::isInstance)
          .map(state -> ((PairState.Replicating) state).lag().toMillis() / 1000.0)
          .ifPresent(lag -> samples.keep(plan.id(), Series.LAG, new Point(now, lag)));
      writers
          .apply(plan)
          .ifPresent(open -> samples.keep(plan.id(), Series.WRITERS, new Point(now, open)));
      errors(plan).ifPresent(point -> keepIfNew(plan, point));
    }
  }

  /** Once in a while. */
  public void forget() {
    samples.forgetBefore(clock.instant().minus(KEPT));
  }

  private Optional<Point> errors(Plan plan) {
    return breaches.of(plan.id()).stream()
        .filter(breach -> breach.criterion().metric() == Metric.ERROR_RATE && !breach.asserted())
        .max(Comparator.comparing(Breach::sampleAt))
        .map(breach -> new Point(breach.sampleAt(), breach.value()));
  }

  private void keepIfNew(Plan plan, Point point) {
    Instant newest = samples.newest(plan.id(), Series.ERROR_RATE).orElse(Instant.MIN);
    if (point.at().isAfter(newest)) {
      samples.keep(plan.id(), Series.ERROR_RATE, point);
    }
  }
}
