package dev.repli.reads;

import dev.repli.plan.PlanId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What Repli's own probe sees through each route, for whoever scrapes Repli. */
final class ProbeGauges {
  private static final double NANOS = 1e9;

  private final MultiGauge failures;
  private final MultiGauge latencies;

  /**
   * One route of a plan.
   *
   * @param seen what the probe saw there lately, asked whenever somebody looks
   */
  record Probed(PlanId plan, String route, Supplier<ReadWindow> seen) {
    private MultiGauge.Row<?> row(ToDoubleFunction<ReadWindow> reading) {
      return MultiGauge.Row.of(
          Tags.of("plan", plan.value(), "route", route),
          seen,
          now -> {
            ReadWindow window = now.get();
            return window.count() < ProbedMetrics.LEAST
                ? Double.NaN
                : reading.applyAsDouble(window);
          });
    }
  }

  ProbeGauges(MeterRegistry meters) {
    failures =
        MultiGauge.builder("repli.probe.failed")
            .description(
                "Share of the probe's reads of the last minute that nobody answered, 0 to 1")
            .baseUnit("ratio")
            .register(meters);
    latencies =
        MultiGauge.builder("repli.probe.latency.p95")
            .description(
                "How long 95 % of the probe's answered reads took at most, connecting included")
            .baseUnit("seconds")
            .register(meters);
  }

  /** These and no others. */
  void show(List<Probed> routes) {
    failures.register(
        routes.stream()
            .<MultiGauge.Row<?>>map(route -> route.row(ReadWindow::failedShare))
            .toList(),
        true);
    latencies.register(
        routes.stream().<MultiGauge.Row<?>>map(route -> route.row(ProbeGauges::p95)).toList(),
        true);
  }

  private static double p95(ReadWindow window) {
    Latency answered = window.answered();
    return answered.count() == 0 ? Double.NaN : answered.p95().toNanos() / NANOS;
  }
}
