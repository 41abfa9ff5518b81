package dev.repli.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.CriteriaRules;
import dev.repli.plan.Criterion;
import dev.repli.plan.Metric;
import dev.repli.plan.PlanId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreachClocksTest {
  private static final PlanId PLAN = new PlanId("shop");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(30);
  private static final double BAD = 0.61;
  private final TwoClocks time = new TwoClocks(NOON);
  private final KeptBreaches kept = new KeptBreaches();
  private CriteriaRules rules = CriteriaRules.USUAL;
  private BreachClocks clocks = new BreachClocks(kept, time, time.monotonic());

  private void errors(double rate) {
    take(new Sample(Map.of(Metric.ERROR_RATE, rate), Optional.empty()));
  }

  private void errors(double rate, Instant at) {
    take(new Sample(Map.of(Metric.ERROR_RATE, rate), Optional.of(at)));
  }

  private void take(Sample sample) {
    clocks.take(PLAN, rules, Optional.of(100.0), sample);
  }

  /** A bad sample every 30 s until so much time has passed. */
  private void badFor(Duration lasting) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(lasting) < 0;
        passed = passed.plus(STEP)) {
      time.pass(STEP);
      errors(BAD);
    }
  }

  private void restart() {
    time.restart();
    clocks = new BreachClocks(kept, time, time.monotonic());
  }

  private Reading.State state(Criterion criterion) {
    return clocks.read(PLAN, rules).stream()
        .filter(reading -> reading.criterion() == criterion)
        .findFirst()
        .orElseThrow()
        .state();
  }

  private Reading.State critical() {
    return state(Criterion.ERRORS_CRITICAL);
  }

  @Test
  void startsAtTheFirstBreachingSampleAndHoldsAfterMoreThanItsTime() {
    errors(BAD);
    assertThat(critical()).isEqualTo(Reading.State.BREACHING);

    badFor(Duration.ofMinutes(5));
    assertThat(critical()).as("5 min are not more than 5 min").isEqualTo(Reading.State.BREACHING);

    badFor(STEP);
    assertThat(critical()).isEqualTo(Reading.State.HELD);
  }

  @Test
  void stopsWhenASampleIsBackToNormal() {
    errors(BAD);
    badFor(Duration.ofMinutes(4));
    time.pass(STEP);
    errors(0.5);
    assertThat(critical()).as("not above its level").isEqualTo(Reading.State.NORMAL);

    badFor(Duration.ofMinutes(5));
    assertThat(critical()).as("anew").isEqualTo(Reading.State.BREACHING);
  }

  @Test
  void goesOnAfterARestart() {
    errors(BAD);
    badFor(Duration.ofMinutes(4));
    restart();
    badFor(Duration.ofMinutes(1).plus(STEP));

    assertThat(critical()).isEqualTo(Reading.State.HELD);
  }

  @ParameterizedTest
  @ValueSource(longs = {60, -60, 100_000, -100_000})
  void aJumpOfTheWallClockNeitherFiresNorLosesABreach(long minutes) {
    errors(BAD);
    badFor(Duration.ofMinutes(4));
    time.jump(Duration.ofMinutes(minutes));
    badFor(Duration.ofMinutes(1));
    assertThat(critical()).isEqualTo(Reading.State.BREACHING);

    badFor(STEP);
    assertThat(critical()).isEqualTo(Reading.State.HELD);
  }

  @ParameterizedTest
  @ValueSource(longs = {60, 100_000})
  void aJumpDuringARestartCountsNoMoreThanWhatAMetricIsFreshFor(long minutes) {
    errors(BAD);
    badFor(Duration.ofMinutes(2));
    time.jump(Duration.ofMinutes(minutes));
    restart();
    badFor(STEP);

    assertThat(critical()).as("2 min and at most 2 min more").isEqualTo(Reading.State.BREACHING);
  }

  @Test
  void isUnknownWhenNothingWasMeasuredForTooLong() {
    assertThat(critical()).as("never measured").isEqualTo(Reading.State.UNKNOWN);
    errors(0);
    time.pass(Duration.ofMinutes(2));
    assertThat(critical()).isEqualTo(Reading.State.NORMAL);

    time.pass(Duration.ofSeconds(1));
    assertThat(critical()).isEqualTo(Reading.State.UNKNOWN);
  }

  @Test
  void runsOnlyWhileSomebodyLooks() {
    errors(BAD);
    time.pass(Duration.ofMinutes(50));
    errors(BAD);

    assertThat(critical()).as("2 of 50 min count").isEqualTo(Reading.State.BREACHING);
  }

  @Test
  void ignoresWhatWasMeasuredBeforeTheNewestAndInTheFuture() {
    errors(BAD, NOON);
    errors(0, NOON.minusSeconds(1));
    errors(0, NOON);
    errors(0, NOON.plus(Duration.ofHours(1)));
    assertThat(critical()).isEqualTo(Reading.State.BREACHING);

    errors(0, NOON.plusSeconds(1));
    assertThat(critical()).isEqualTo(Reading.State.NORMAL);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, 61, Double.NaN, Double.POSITIVE_INFINITY})
  void takesAnImpossibleValueForNone(double garbage) {
    errors(garbage);

    assertThat(critical()).isEqualTo(Reading.State.UNKNOWN);
  }

  @Test
  void comparesLatencyWithTheBaseline() {
    take(new Sample(Map.of(Metric.LATENCY_P95_MS, 250.0), Optional.empty()));
    assertThat(state(Criterion.LATENCY_MEDIUM)).isEqualTo(Reading.State.BREACHING);
    assertThat(state(Criterion.LATENCY_HIGH)).isEqualTo(Reading.State.NORMAL);

    time.pass(STEP);
    Sample sample = new Sample(Map.of(Metric.LATENCY_P95_MS, 250.0), Optional.empty());
    clocks.take(PLAN, rules, Optional.empty(), sample);
    assertThat(state(Criterion.LATENCY_MEDIUM)).as("no baseline").isEqualTo(Reading.State.UNKNOWN);
  }

  @Test
  void aCountStandsUntilItIsReportedOtherwise() {
    assertThat(state(Criterion.FUNCTION_DOWN)).isEqualTo(Reading.State.NORMAL);
    take(new Sample(Map.of(Metric.CRITICAL_FUNCTIONS_DOWN, 1.0), Optional.empty()));
    time.pass(Duration.ofHours(9));
    assertThat(state(Criterion.FUNCTION_DOWN)).isEqualTo(Reading.State.HELD);

    take(new Sample(Map.of(Metric.CRITICAL_FUNCTIONS_DOWN, 0.0), Optional.empty()));
    assertThat(state(Criterion.FUNCTION_DOWN)).isEqualTo(Reading.State.NORMAL);
  }

  @Test
  void anAlertHoldsUntilItIsOver() {
    clocks.declare(PLAN, Criterion.ERRORS_CRITICAL, true);
    time.pass(Duration.ofHours(5));
    assertThat(critical()).isEqualTo(Reading.State.HELD);

    errors(0);
    assertThat(critical()).as("whatever the value").isEqualTo(Reading.State.HELD);
    clocks.clear(PLAN);
    assertThat(critical()).as("another incident is over").isEqualTo(Reading.State.HELD);

    clocks.declare(PLAN, Criterion.ERRORS_CRITICAL, false);
    assertThat(critical()).isEqualTo(Reading.State.NORMAL);
  }

  @Test
  void clearsEverythingWhenTheReporterSaysThatItIsOver() {
    errors(BAD);
    badFor(Duration.ofMinutes(6));
    take(new Sample(Map.of(Metric.BATCH_FAILURES, 3.0), Optional.empty()));
    clocks.clear(PLAN);

    assertThat(critical()).isEqualTo(Reading.State.NORMAL);
    assertThat(state(Criterion.BATCH_FAILED)).isEqualTo(Reading.State.NORMAL);
  }

  @Test
  void takesThePlansOwnLevelAndDuration() {
    rules =
        new CriteriaRules(
            rules.preset(),
            java.util.List.of(
                new CriteriaRules.Threshold(Criterion.ERRORS_CRITICAL, 0.7, Duration.ZERO)),
            rules.metrics(),
            rules.staleAfter(),
            rules.evaluateEvery(),
            rules.decision(),
            rules.alerts(),
            rules.baseline());
    errors(0.7);
    assertThat(critical()).isEqualTo(Reading.State.NORMAL);
    time.pass(STEP);
    errors(0.71);
    assertThat(critical()).isEqualTo(Reading.State.HELD);
  }
}
