package dev.repli.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.criteria.BreachClocks;
import dev.repli.criteria.KeptBreaches;
import dev.repli.criteria.MetricSource;
import dev.repli.criteria.Sample;
import dev.repli.criteria.TwoClocks;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.Metric;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.run.InMemoryRuns;
import dev.repli.run.KnownPlans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedBaselinesTest {
  private final TwoClocks time = new TwoClocks(Instant.parse("2026-03-01T12:00:00Z"));
  private final KnownPlans plans = new KnownPlans("shop", "books");
  private final Plan shop = plans.all().get(0);
  private final InMemoryJournal journal = new InMemoryJournal(time);
  private final InMemoryRuns runs = new InMemoryRuns(plans, journal);
  private double measured = 42.5;
  private final KeptBreaches store = new KeptBreaches();
  private final BreachClocks clocks = new BreachClocks(store, time, () -> 0);
  private final RecordedBaselines baselines =
      new RecordedBaselines(List.of(new Fixed()), () -> clocks, () -> runs, journal, time);

  private final class Fixed implements MetricSource {
    @Override
    public boolean reads(CriteriaRules.Metrics metrics) {
      return true;
    }

    @Override
    public Optional<Sample> read(Plan plan, CriteriaRules.Metrics metrics) {
      return Optional.of(
          new Sample(
              Map.of(Metric.LATENCY_P95_MS, measured, Metric.ERROR_RATE, 0.0), Optional.empty()));
    }
  }

  private void cutover(String key, boolean dryRun, double latency) {
    RunKey run = new RunKey(key);
    runs.start(
        new Runs.Request(run, "CutoverProcess", new PlanId("shop"), "ann", dryRun, Map.of()));
    journal.append(
        run,
        new Milestone(
            "BASELINE_RECORDED", "kept", Map.of("latencyP95Ms", Double.toString(latency))));
    journal.append(run, new Milestone("POINT_OF_NO_RETURN", "moved", Map.of()));
    runs.end(run, "Cutover completed");
  }

  private void undoneCutover(String key) {
    RunKey run = new RunKey(key);
    runs.start(new Runs.Request(run, "CutoverProcess", new PlanId("shop"), "ann", false, Map.of()));
    journal.append(run, new Milestone("BASELINE_RECORDED", "kept", Map.of("latencyP95Ms", "900")));
    runs.end(run, "Cutover undone");
  }

  private void cutoverWithoutMetrics(String key) {
    RunKey run = new RunKey(key);
    runs.start(new Runs.Request(run, "CutoverProcess", new PlanId("shop"), "ann", false, Map.of()));
    journal.append(run, new Milestone("POINT_OF_NO_RETURN", "moved", Map.of()));
    runs.end(run, "Cutover completed");
  }

  @Test
  void knowsNothingWhenTheNewestCutoverThatMovedTheWriterCouldNotMeasure() {
    cutover("cut-1", false, 40);
    undoneCutover("cut-2");
    assertThat(baselines.latency(shop)).hasValue(40.0);

    cutoverWithoutMetrics("cut-3");
    time.pass(Duration.ofSeconds(31));
    assertThat(baselines.latency(shop)).as("what an older one measured is old").isEmpty();
  }

  @Test
  void takesAQuietNightForNoMeasure() {
    cutover("cut-1", false, 2);

    assertThat(baselines.latency(shop)).hasValue(20.0);
  }

  @Test
  void measuresTheLatencyThatIsNormalNow() {
    assertThat(baselines.measure(shop)).isEqualTo(Map.of("latencyP95Ms", "42.5"));
    measured = 0;
    assertThat(baselines.measure(shop)).as("nothing is a multiple of zero").isEmpty();
  }

  @Test
  void takesWhatWasReportedLatelyWhereNumbersArePushed() {
    RecordedBaselines pushed =
        new RecordedBaselines(List.of(), () -> clocks, () -> runs, journal, time);
    assertThat(pushed.measure(shop)).isEmpty();
    clocks.take(
        shop.id(),
        shop.criteria(),
        Optional.empty(),
        new Sample(Map.of(Metric.LATENCY_P95_MS, 61.0), Optional.empty()));

    assertThat(pushed.measure(shop)).isEqualTo(Map.of("latencyP95Ms", "61.0"));
  }

  @Test
  void takesNoReportThatIsOld() {
    clocks.take(
        shop.id(),
        shop.criteria(),
        Optional.empty(),
        new Sample(Map.of(Metric.LATENCY_P95_MS, 61.0), Optional.empty()));
    BreachClocks later = new BreachClocks(store, time, () -> Duration.ofHours(2).toNanos());
    time.pass(Duration.ofHours(2));

    assertThat(
            new RecordedBaselines(List.of(), () -> later, () -> runs, journal, time).measure(shop))
        .isEmpty();
  }

  @Test
  void takesWhatTheNewestCutoverOfThePlanHasKept() {
    assertThat(baselines.latency(shop)).isEmpty();
    cutover("cut-1", false, 40);
    cutover("cut-2", false, 50);
    cutover("cut-3", true, 60);
    time.pass(Duration.ofSeconds(31));

    assertThat(baselines.latency(shop)).hasValue(50.0);
    assertThat(baselines.latency(plans.all().get(1))).isEmpty();
  }

  @Test
  void takesWhatThePlanStatesBeforeWhatWasMeasured() {
    cutover("cut-1", false, 40);
    CriteriaRules usual = CriteriaRules.USUAL;
    Plan states =
        shop.with(
            new CriteriaRules(
                usual.preset(),
                usual.thresholds(),
                usual.metrics(),
                usual.staleAfter(),
                usual.evaluateEvery(),
                usual.decision(),
                usual.alerts(),
                new CriteriaRules.Baseline(Optional.of(120))));

    assertThat(baselines.latency(states)).hasValue(120.0);
  }

  @Test
  void saysWhenTheWriterMovedLast() {
    assertThat(baselines.writerMoved(shop)).isEmpty();
    cutover("cut-1", false, 80);
    Instant moved = time.instant();
    time.pass(Duration.ofMinutes(1));
    cutover("rehearsal", true, 80);
    RunKey undone = new RunKey("back-1");
    runs.start(
        new Runs.Request(undone, "RollbackProcess", new PlanId("shop"), "ann", false, Map.of()));
    runs.end(undone, "Rollback cancelled");

    assertThat(baselines.writerMoved(shop)).contains(moved);

    time.pass(Duration.ofMinutes(1));
    RunKey back = new RunKey("back-2");
    runs.start(
        new Runs.Request(back, "RollbackProcess", new PlanId("shop"), "ann", false, Map.of()));
    journal.append(back, new Milestone("IN_PLACE_VERSION_SWITCHES", "moved", Map.of()));

    assertThat(baselines.writerMoved(shop)).contains(time.instant());
  }
}
