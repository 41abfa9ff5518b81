package dev.repli.reads;

import dev.repli.plan.PlanId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Share, latency and failures of the reads that move, as the last look saw them; gone when the run
 * ends.
 */
final class ReadsGauges {
  private static final double PERCENT = 100;
  private static final double NANOS = 1e9;

  private final MultiGauge shares;
  private final MultiGauge latencies;
  private final MultiGauge failures;
  private final Map<Place, Seen> seen = new ConcurrentHashMap<>();

  /** A route of a plan. */
  private record Place(PlanId plan, String route) {}

  /** What a look saw there. */
  private record Seen(double set, double counted, Latency latency, double failed) {}

  ReadsGauges(MeterRegistry meters) {
    shares =
        MultiGauge.builder("repli.reads.share")
            .description("Percent of the reads that the target gets: set, and counted by the probe")
            .register(meters);
    latencies =
        MultiGauge.builder("repli.reads.latency")
            .description("How long reads took that the target answered, connecting included")
            .baseUnit("seconds")
            .register(meters);
    failures =
        MultiGauge.builder("repli.reads.failed")
            .description("Percent of the probe's reads that nobody answered")
            .register(meters);
  }

  void saw(PlanId plan, String route, int percent, ReadWindow window, long targetId) {
    Latency target = window.answeredBy(targetId);
    int answered = window.answered().count();
    double counted = answered == 0 ? Double.NaN : PERCENT * target.count() / answered;
    double failed = window.count() == 0 ? Double.NaN : PERCENT * window.failedShare();
    seen.put(new Place(plan, route), new Seen(percent, counted, target, failed));
    publish();
  }

  void end(PlanId plan) {
    seen.keySet().removeIf(place -> place.plan().equals(plan));
    publish();
  }

  private void publish() {
    List<MultiGauge.Row<?>> share = new ArrayList<>();
    List<MultiGauge.Row<?>> latency = new ArrayList<>();
    List<MultiGauge.Row<?>> failed = new ArrayList<>();
    seen.forEach(
        (place, found) -> {
          share.add(row(place, "kind", "set", found, Seen::set));
          share.add(row(place, "kind", "counted", found, Seen::counted));
          failed.add(MultiGauge.Row.of(tags(place), found, Seen::failed));
          latency.add(row(place, "quantile", "0.5", found, it -> seconds(it, Latency::p50)));
          latency.add(row(place, "quantile", "0.95", found, it -> seconds(it, Latency::p95)));
          latency.add(row(place, "quantile", "0.99", found, it -> seconds(it, Latency::p99)));
        });
    shares.register(share, true);
    latencies.register(latency, true);
    failures.register(failed, true);
  }

  private static double seconds(
      Seen seen, java.util.function.Function<Latency, Duration> percentile) {
    return seen.latency().count() == 0
        ? Double.NaN
        : percentile.apply(seen.latency()).toNanos() / NANOS;
  }

  private static MultiGauge.Row<Seen> row(
      Place place, String tag, String value, Seen seen, ToDoubleFunction<Seen> reading) {
    return MultiGauge.Row.of(tags(place).and(tag, value), seen, reading);
  }

  private static Tags tags(Place place) {
    return Tags.of("plan", place.plan().value(), "route", place.route());
  }
}
