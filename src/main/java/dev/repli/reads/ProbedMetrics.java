package dev.repli.reads;

import dev.repli.criteria.MetricSource;
import dev.repli.criteria.Sample;
import dev.repli.database.Databases;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.CriteriaRules.Probed;
import dev.repli.plan.Metric;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.plan.RouteSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Error rate and latency as Repli sees them itself, where applications connect for writes: it reads
 * once a second through each route of a plan that asks for it. The worst route counts. As long as
 * one route has not answered or failed lately there is no sample, and metrics grow stale.
 */
final class ProbedMetrics implements MetricSource, AutoCloseable {
  static final Duration INTERVAL = Duration.ofSeconds(1);

  /** What is seen in so long a time is judged together. */
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Of a few reads no share can be told. */
  static final int LEAST = 5;

  private static final double NANOS = 1e6;

  private final Databases databases;
  private final Plans plans;
  private final Clock clock;
  private final Duration interval;
  private final ProbeGauges gauges;
  private final Map<Place, RouteReader> readers = new ConcurrentHashMap<>();

  /** A plan that changes is read anew. */
  private record Place(PlanId plan, String content, String route) {}

  /**
   * @param interval between two reads of a route
   */
  ProbedMetrics(
      Databases databases, Plans plans, Clock clock, Duration interval, ProbeGauges gauges) {
    this.gauges = gauges;
    this.interval = interval;
    this.databases = databases;
    this.plans = plans;
    this.clock = clock;
  }

  @Override
  public boolean reads(CriteriaRules.Metrics metrics) {
    return metrics instanceof Probed;
  }

  @Override
  public Optional<Sample> read(Plan plan, CriteriaRules.Metrics metrics) {
    return reads(metrics) ? sample(windows(plan)) : Optional.empty();
  }

  /** Keeps reading for each plan that asks for it, and for no other one. */
  void keepReading() {
    List<Plan> probed =
        plans.all().stream().filter(plan -> reads(plan.criteria().metrics())).toList();
    probed.forEach(this::windows);
    Set<String> known = probed.stream().map(Plan::contentHash).collect(Collectors.toSet());
    readers.forEach(
        (place, reader) -> {
          if (!known.contains(place.content())) {
            reader.close();
          }
        });
    readers.values().removeIf(RouteReader::isClosed);
    gauges.show(
        readers.entrySet().stream()
            .map(
                one ->
                    new ProbeGauges.Probed(
                        one.getKey().plan(),
                        one.getKey().route(),
                        () -> one.getValue().window(clock.instant().minus(WINDOW))))
            .toList());
  }

  private List<ReadWindow> windows(Plan plan) {
    Instant since = clock.instant().minus(WINDOW);
    List<ReadWindow> windows = new ArrayList<>();
    for (RouteSpec route : plan.routes()) {
      route
          .endpoint()
          .ifPresent(
              entrance ->
                  windows.add(
                      readers
                          .computeIfAbsent(
                              new Place(plan.id(), plan.contentHash(), route.name()),
                              place ->
                                  RouteReader.start(
                                      databases, clock, plan, entrance, interval, WINDOW))
                          .window(since)));
    }
    return windows;
  }

  static Optional<Sample> sample(List<ReadWindow> windows) {
    if (windows.isEmpty() || windows.stream().anyMatch(window -> window.count() < LEAST)) {
      return Optional.empty();
    }
    double failed = windows.stream().mapToDouble(ReadWindow::failedShare).max().orElseThrow();
    Map<Metric, Double> values = new java.util.EnumMap<>(Metric.class);
    values.put(Metric.ERROR_RATE, failed);
    // a route that answers nothing has no latency, and the error rate says so
    if (windows.stream().allMatch(window -> window.answered().count() > 0)) {
      double slowest =
          windows.stream()
              .mapToDouble(window -> window.answered().p95().toNanos() / NANOS)
              .max()
              .orElseThrow();
      values.put(Metric.LATENCY_P95_MS, slowest);
    }
    // a probe that stands still makes no newer sample
    Optional<Instant> measured =
        windows.stream().flatMap(window -> window.newest().stream()).min(Instant::compareTo);
    return Optional.of(new Sample(values, measured));
  }

  @Override
  public void close() {
    readers.values().forEach(RouteReader::close);
    readers.clear();
  }
}
