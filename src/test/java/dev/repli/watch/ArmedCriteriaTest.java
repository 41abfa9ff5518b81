package dev.repli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.criteria.BreachClocks;
import dev.repli.criteria.EvaluateCriteria;
import dev.repli.criteria.KeptBreaches;
import dev.repli.criteria.MetricSource;
import dev.repli.criteria.Sample;
import dev.repli.criteria.TwoClocks;
import dev.repli.criteria.process.TableOfFile;
import dev.repli.incident.Incidents;
import dev.repli.incident.Measurements;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.CriteriaRules.Threshold;
import dev.repli.plan.Criterion;
import dev.repli.plan.Metric;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.run.InMemoryRuns;
import dev.repli.run.KnownPlans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hours of a watch in no time, with the team's real table and the real clocks of the criteria. */
class ArmedCriteriaTest {
  private static final RunKey CUTOVER = new RunKey("CUT-1");
  private static final String TRIAGE = "IncidentTriageProcess";
  private static final CriteriaRules.Metrics ASKED =
      new CriteriaRules.Prometheus(URI.create("http://prometheus.example:9090"), List.of());

  private final TwoClocks time = new TwoClocks(Instant.parse("2026-03-01T12:00:00Z"));
  private Plan plan = measuredBy(ASKED);
  private final OnePlan plans = new OnePlan();
  private final InMemoryJournal journal = new InMemoryJournal(time);
  private final InMemoryRuns started = new InMemoryRuns(plans, journal);
  private final List<Runs.Run> others = new ArrayList<>();
  private Optional<Double> errors = Optional.of(0.0);
  private double latency = 90.0;
  private boolean latencyMeasured = true;
  private int asked;

  private final ArmedCriteria armed = armed();

  private final class OnePlan implements Plans {
    @Override
    public List<Plan> all() {
      return List.of(plan);
    }

    @Override
    public Optional<Plan> find(PlanId id) {
      return all().stream().filter(one -> one.id().equals(id)).findFirst();
    }
  }

  /** The cutover has released its plan, so that others may start beside it. */
  private final class Register implements Runs {
    @Override
    public Start start(Request request) {
      return started.start(request);
    }

    @Override
    public Optional<Run> find(RunKey key) {
      return newest(100).stream().filter(run -> run.key().equals(key)).findFirst();
    }

    @Override
    public List<Run> newest(int limit) {
      return Stream.concat(started.newest(limit).stream(), others.stream()).limit(limit).toList();
    }

    @Override
    public List<Run> newest(PlanId id, int limit) {
      return newest(limit).stream().filter(run -> run.plan().equals(id)).toList();
    }

    @Override
    public Abort abort(RunKey key, String by, String reason) {
      return started.abort(key, by, reason);
    }
  }

  private final class Measured implements MetricSource {
    @Override
    public boolean reads(CriteriaRules.Metrics metrics) {
      return true;
    }

    @Override
    public Optional<Sample> read(Plan any, CriteriaRules.Metrics metrics) {
      asked++;
      return errors.map(
          rate ->
              new Sample(
                  latencyMeasured
                      ? Map.of(Metric.ERROR_RATE, rate, Metric.LATENCY_P95_MS, latency)
                      : Map.of(Metric.ERROR_RATE, rate),
                  Optional.empty()));
    }
  }

  private static Plan measuredBy(CriteriaRules.Metrics metrics, Threshold... thresholds) {
    CriteriaRules usual = CriteriaRules.USUAL;
    return new KnownPlans("shop")
        .all()
        .get(0)
        .with(
            new CriteriaRules(
                usual.preset(),
                List.of(thresholds),
                metrics,
                usual.staleAfter(),
                usual.evaluateEvery(),
                usual.decision(),
                usual.alerts(),
                usual.baseline()));
  }

  private ArmedCriteria armed() {
    Register register = new Register();
    WatchJournal watch = new WatchJournal(journal, time);
    Incidents incidents = new Incidents(plans, register, journal, Measurements.NONE, time);
    return new ArmedCriteria(
        plans,
        register,
        new EvaluateCriteria(
            List.of(new Measured()),
            new BreachClocks(new KeptBreaches(), time, time.monotonic()),
            new TableOfFile(),
            any -> Optional.of(100.0)),
        new ReportFromWatch(() -> incidents, Runnable::run, watch, time, "Watch after the cutover"),
        watch,
        new CriteriaJournal(journal),
        time,
        Runnable::run);
  }

  private void begins(RunKey key, String runbook) {
    others.add(
        0,
        new Runs.Run(
            key,
            runbook,
            plan.id(),
            "ann",
            false,
            "instance-" + key,
            time.instant(),
            Optional.empty(),
            Optional.empty(),
            false,
            List.of()));
  }

  private void watchedCutover() {
    begins(CUTOVER, "CutoverProcess");
    journal.append(CUTOVER, new Milestone("STEP_BEGUN", "begun", Map.of("step", "watch")));
  }

  private void pass(Duration howLong) {
    Duration every = Duration.ofSeconds(5);
    for (long tick = 0; tick < howLong.dividedBy(every); tick++) {
      time.pass(every);
      armed.tick();
    }
  }

  private List<String> told(String milestone) {
    return journal.read(CUTOVER).stream()
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(Milestone.class::cast)
        .filter(entry -> entry.name().equals(milestone))
        .map(Milestone::text)
        .toList();
  }

  @Test
  void aBreachAfterACutoverStartsOneTriage() {
    watchedCutover();
    pass(Duration.ofHours(1));
    assertThat(started.newest(10)).as("normal").isEmpty();

    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(5));
    assertThat(started.newest(10)).as("not for long enough").isEmpty();
    pass(Duration.ofMinutes(2));
    assertThat(started.newest(10)).singleElement().extracting(Runs.Run::runbook).isEqualTo(TRIAGE);
    pass(Duration.ofHours(2));
    assertThat(started.newest(10)).as("no second one").hasSize(1);
    assertThat(told("WATCH_REPORTED")).containsExactly("Reported as incident CUT-1-1");
  }

  @Test
  void whatIsNormalAgainIsReportedAsOverAndTheNextBreachAnew() {
    watchedCutover();
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));
    errors = Optional.of(0.0);
    pass(Duration.ofMinutes(4));
    assertThat(told("WATCH_RESOLVED")).as("it may come back").isEmpty();
    pass(Duration.ofMinutes(2));
    assertThat(told("WATCH_RESOLVED")).hasSize(1);

    started.end(new RunKey("CUT-1-1"), "Normal operation");
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));
    assertThat(started.newest(10))
        .extracting(run -> run.key().value())
        .containsExactly("CUT-1-2", "CUT-1-1");
  }

  @Test
  void foldsIntoTheTriageThatIsThereAlready() {
    watchedCutover();
    begins(new RunKey("INC-7"), TRIAGE);
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));

    assertThat(started.newest(10)).isEmpty();
    assertThat(told("WATCH_REPORTED"))
        .containsExactly("Reported as incident CUT-1-1, taken in by triage INC-7");
  }

  @Test
  void missingNumbersAreNotHealthyAndStartNothing() {
    watchedCutover();
    pass(Duration.ofMinutes(1));
    errors = Optional.empty();
    pass(Duration.ofMinutes(10));

    assertThat(started.newest(10)).isEmpty();
    assertThat(told("WATCH_CRITERIA"))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("Criteria armed, verdict: inconclusive");
  }

  @Test
  void asksNobodyBeforeTheWriterMovedNorWhereNumbersArePushed() {
    begins(CUTOVER, "CutoverProcess");
    journal.append(CUTOVER, new Milestone("STEP_BEGUN", "begun", Map.of("step", "switch")));
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(10));
    assertThat(asked).isZero();

    journal.append(CUTOVER, new Milestone("STEP_BEGUN", "begun", Map.of("step", "watch")));
    plan = measuredBy(new CriteriaRules.Pushed());
    pass(Duration.ofMinutes(10));
    assertThat(asked).isZero();
    assertThat(told("WATCH_CRITERIA")).isEmpty();
  }

  @Test
  void whileARollbackWorksItsNumbersAreNoIncident() {
    watchedCutover();
    begins(new RunKey("back-1"), "RollbackProcess");
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(10));

    assertThat(started.newest(10)).isEmpty();
    assertThat(told("WATCH_REPORT_REFUSED")).isEmpty();
  }

  @Test
  void keepsTheClocksRunningForTheWatchAfterARollback() {
    begins(new RunKey("back-1-watch"), "RollbackWatchProcess");
    pass(Duration.ofMinutes(5));

    assertThat(asked).as("every 30 s").isEqualTo(10);
    assertThat(started.newest(10)).as("its own rounds report").isEmpty();
  }

  @Test
  void aProofOfABackupBesideItHidesNothing() {
    watchedCutover();
    begins(new RunKey("proof-1"), "BackupRehearsalProcess");
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));

    assertThat(told("WATCH_REPORTED")).hasSize(1);
  }

  @Test
  void aWorseVerdictIsReportedAnewOnceTheTriageHasEnded() {
    watchedCutover();
    errors = Optional.of(0.1);
    pass(Duration.ofMinutes(12));
    assertThat(told("WATCH_REPORTED")).as("recommended").hasSize(1);
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(10));
    assertThat(told("WATCH_REPORTED")).as("the triage sees it itself").hasSize(1);

    started.end(new RunKey("CUT-1-1"), "Fix in office hours");
    pass(Duration.ofMinutes(2));
    assertThat(told("WATCH_REPORTED")).hasSize(2).last().isEqualTo("Reported as incident CUT-1-2");
    started.end(new RunKey("CUT-1-2"), "Fix in office hours");
    pass(Duration.ofHours(1));
    assertThat(told("WATCH_REPORTED")).as("no worse").hasSize(2);
  }

  @Test
  void isOverThoughAnotherNumberIsMissing() {
    watchedCutover();
    latencyMeasured = false;
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));
    errors = Optional.of(0.0);
    pass(Duration.ofMinutes(6));

    assertThat(told("WATCH_RESOLVED")).hasSize(1);
  }

  @Test
  void isNotOverWhenWhatWasBadIsNotMeasuredAnyMore() {
    watchedCutover();
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));
    errors = Optional.of(0.0);
    pass(Duration.ofMinutes(1));
    errors = Optional.empty();
    pass(Duration.ofHours(1));

    assertThat(told("WATCH_RESOLVED")).isEmpty();
  }

  @Test
  void isNotOverWhileTheClockOfABreachRuns() {
    watchedCutover();
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));
    errors = Optional.of(0.0);
    latency = 250;
    pass(Duration.ofMinutes(20));

    assertThat(told("WATCH_RESOLVED")).isEmpty();
  }

  @Test
  void oneBadSampleCallsNobodyAndWhatFlapsIsOneIncident() {
    plan = measuredBy(ASKED, new Threshold(Criterion.ERRORS_HIGH, 0.05, Duration.ZERO));
    watchedCutover();
    for (int round = 0; round < 20; round++) {
      errors = Optional.of(0.1);
      pass(Duration.ofSeconds(30));
      errors = Optional.of(0.0);
      pass(Duration.ofSeconds(30));
    }
    assertThat(told("WATCH_REPORTED")).isEmpty();

    for (int round = 0; round < 20; round++) {
      errors = Optional.of(0.1);
      pass(Duration.ofMinutes(2));
      errors = Optional.of(0.0);
      pass(Duration.ofMinutes(2));
    }
    assertThat(told("WATCH_REPORTED")).hasSize(1);
    assertThat(told("WATCH_RESOLVED")).isEmpty();
  }

  @Test
  void manyLaterRunsDoNotDisarm() {
    watchedCutover();
    for (int later = 0; later < 30; later++) {
      begins(new RunKey("message-" + later), "MessageApprovalProcess");
    }
    errors = Optional.of(0.6);
    pass(Duration.ofMinutes(7));

    assertThat(told("WATCH_REPORTED")).hasSize(1);
  }

  @Test
  void saysOncePerOutageThatNobodySeesAndThatSomebodySeesAgain() {
    watchedCutover();
    pass(Duration.ofMinutes(1));
    errors = Optional.empty();
    pass(Duration.ofMinutes(16));
    assertThat(told("CRITERIA_BLIND")).as("stale after 2 min, missing since 14").isEmpty();
    pass(Duration.ofHours(3));
    assertThat(told("CRITERIA_BLIND")).singleElement().asString().contains("errors-critical");
    assertThat(told("CRITERIA_SEEN_AGAIN")).isEmpty();

    errors = Optional.of(0.0);
    pass(Duration.ofMinutes(10));
    assertThat(told("CRITERIA_SEEN_AGAIN")).hasSize(1);
    errors = Optional.empty();
    pass(Duration.ofMinutes(30));
    assertThat(told("CRITERIA_BLIND")).hasSize(2);
  }
}
