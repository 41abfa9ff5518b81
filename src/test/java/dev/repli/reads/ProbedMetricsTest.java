package dev.repli.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.criteria.Sample;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.CriteriaRules.Probed;
import dev.repli.plan.CriteriaRules.Pushed;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Entrance;
import dev.repli.plan.Metric;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RoutePlans;
import dev.repli.runbook.PlanVersions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Repli sees itself, as numbers for the criteria. */
class ProbedMetricsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Endpoint ROUTE = new Endpoint("127.0.0.1", 6033);
  private final FakeDatabase database = new FakeDatabase(new VirtualTime());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final PlanVersions plans = new PlanVersions();
  private final ProbedMetrics metrics =
      new ProbedMetrics(
          new Databases(List.of(database)),
          plans,
          Clock.systemUTC(),
          Duration.ofMillis(5),
          new ProbeGauges(meters));

  @AfterEach
  void close() {
    metrics.close();
  }

  private static ReadWindow window(int good, int failed, int millis) {
    List<ReadSample> samples = new ArrayList<>();
    for (int at = 0; at < good + failed; at++) {
      boolean answered = at < good;
      samples.add(
          new ReadSample(
              NOON.plusSeconds(at),
              answered ? 1 : ReadSample.NOBODY,
              Duration.ofMillis(millis),
              answered ? "" : "refused"));
    }
    return new ReadWindow(NOON, samples);
  }

  private static Map<Metric, Double> values(ReadWindow... windows) {
    return ProbedMetrics.sample(List.of(windows)).map(Sample::values).orElse(Map.of());
  }

  @Test
  void takesTheWorstRoute() {
    assertThat(values(window(9, 1, 4), window(5, 5, 70)))
        .isEqualTo(Map.of(Metric.ERROR_RATE, 0.5, Metric.LATENCY_P95_MS, 70.0));
  }

  @Test
  void aRouteThatAnswersNothingHasAnErrorRateAndNoLatency() {
    assertThat(values(window(0, 10, 4), window(10, 0, 4)))
        .isEqualTo(Map.of(Metric.ERROR_RATE, 1.0));
  }

  /** No sample: what was known grows stale, and that asks a person. */
  @Test
  void saysNothingAfterAFewReadsOrWithoutARoute() {
    assertThat(values(window(10, 0, 4), window(4, 0, 4))).isEmpty();
    assertThat(values()).isEmpty();
  }

  @Test
  void isAsOldAsTheOldestRoute() {
    assertThat(ProbedMetrics.sample(List.of(window(10, 0, 4), window(6, 0, 4))))
        .hasValueSatisfying(
            sample -> assertThat(sample.measuredAt()).contains(NOON.plusSeconds(5)));
  }

  private Plan throughTheRoute() {
    Plan plan =
        RoutePlans.plan(
            database.source().node().address(),
            database.target().node().address(),
            new RouteSpec.Lab("app", Optional.of(new Entrance(ROUTE, Optional.empty()))));
    database.route(ROUTE, database::source);
    plans.add(plan);
    return plan;
  }

  @Test
  void readsThroughTheRouteFromTheFirstQuestionOn() {
    Plan plan = throughTheRoute();
    assertThat(metrics.read(plan, new Probed())).as("nothing was seen yet").isEmpty();

    await().atMost(Duration.ofMinutes(1)).until(() -> metrics.read(plan, new Probed()).isPresent());
    assertThat(metrics.read(plan, new Probed()).orElseThrow().values())
        .containsEntry(Metric.ERROR_RATE, 0.0)
        .containsKey(Metric.LATENCY_P95_MS);
    database.source().crash();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                metrics
                        .read(plan, new Probed())
                        .orElseThrow()
                        .values()
                        .getOrDefault(Metric.ERROR_RATE, 0.0)
                    > 0.5);
  }

  @Test
  void readsNothingForAPlanThatHasItsNumbersFromElsewhere() {
    Plan plan = throughTheRoute();

    assertThat(metrics.reads(new Pushed())).isFalse();
    assertThat(metrics.read(plan, new Pushed())).isEmpty();
  }

  /** Each look at it is a second later. */
  private static final class Running extends Clock {
    private final AtomicLong seconds = new AtomicLong();

    @Override
    public Instant instant() {
      return NOON.plusSeconds(seconds.incrementAndGet());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Else its criteria were blind for good. */
  @Test
  void aPlanThatJudgesMovedReadsOverAShortTimeHasNumbers() {
    throughTheRoute();
    Plan plan =
        ProbedPlans.between(
            database.source().node(),
            database.target().node(),
            new RouteSpec.Lab("app", Optional.of(new Entrance(ROUTE, Optional.empty()))),
            Duration.ofSeconds(2),
            List.of());
    try (ProbedMetrics slow =
        new ProbedMetrics(
            new Databases(List.of(database)),
            plans,
            new Running(),
            Duration.ofMillis(5),
            new ProbeGauges(meters))) {
      await().atMost(Duration.ofMinutes(1)).until(() -> slow.read(plan, new Probed()).isPresent());
    }
  }

  private double gauge(String name) {
    Gauge found = meters.find(name).tags("plan", "routes", "route", "app").gauge();
    return found == null ? Double.NaN : found.value();
  }

  private static Plan measuredBy(Plan plan, CriteriaRules.Metrics metrics) {
    CriteriaRules usual = CriteriaRules.USUAL;
    return plan.with(
        new CriteriaRules(
            usual.preset(),
            usual.thresholds(),
            metrics,
            usual.staleAfter(),
            usual.evaluateEvery(),
            usual.decision(),
            usual.alerts(),
            usual.baseline()));
  }

  @Test
  void showsWhatItSeesToWhoeverScrapesUntilThePlanWantsItNoMore() {
    Plan plan = throughTheRoute();
    plans.add(measuredBy(plan, new Probed()));
    metrics.keepReading();
    await().atMost(Duration.ofMinutes(1)).until(() -> gauge("repli.probe.failed") == 0);
    assertThat(gauge("repli.probe.latency.p95")).isPositive();
    database.source().crash();
    await().atMost(Duration.ofMinutes(1)).until(() -> gauge("repli.probe.failed") > 0.5);

    plans.add(measuredBy(plan, new Pushed()));
    metrics.keepReading();
    assertThat(meters.find("repli.probe.failed").gauge()).isNull();
  }
}
