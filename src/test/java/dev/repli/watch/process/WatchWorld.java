package dev.repli.watch.process;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.criteria.BreachClocks;
import dev.repli.criteria.CriteriaTable;
import dev.repli.criteria.EvaluateCriteria;
import dev.repli.criteria.KeptBreaches;
import dev.repli.criteria.MetricSource;
import dev.repli.criteria.Ruling;
import dev.repli.criteria.Sample;
import dev.repli.criteria.TwoClocks;
import dev.repli.criteria.process.TableOfFile;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.incident.Incidents;
import dev.repli.incident.Measurements;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.monitor.ReplicationMonitor;
import dev.repli.plan.Checks;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Metric;
import dev.repli.plan.Plan;
import dev.repli.postmortem.KeptSamples;
import dev.repli.postmortem.PastRuns;
import dev.repli.rollback.SamplePlan;
import dev.repli.rollback.UpgradedPlan;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import dev.repli.runbook.RunbookWorld;
import dev.repli.sample.Samples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.core.env.MapPropertySource;

/** Two nodes after a rollback, and the watch over them on a real engine. */
final class WatchWorld extends RunbookWorld {
  static final RunKey KEY = new RunKey("ROLL-1-watch");
  static final RunKey ROLLBACK = new RunKey("ROLL-1");
  static final Instant ENDED = Instant.parse("2026-03-01T12:00:00Z");
  final FakeDatabase database = new FakeDatabase(new VirtualTime());
  final TwoClocks time = new TwoClocks(ENDED);
  final PastRuns runs = new PastRuns();
  final RefusingRuns register = new RefusingRuns(runs);
  final KeptSamples samples = new KeptSamples();
  private final InMemoryJournal journal = new InMemoryJournal(time);
  private Plan plan =
      SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));
  final ReplicationMonitor monitor =
      new ReplicationMonitor(
          plans,
          new Databases(List.of(database)),
          any -> Optional.empty(),
          new Incidents(plans, new PastRuns(), new InMemoryJournal(), Measurements.NONE, time),
          new SimpleMeterRegistry(),
          time,
          Duration.ofMinutes(1),
          Runnable::run);
  private final EvaluateCriteria criteria =
      new EvaluateCriteria(
          List.of(new Measured()),
          new BreachClocks(new KeptBreaches(), time, time.monotonic()),
          this::judge,
          any -> Optional.of(100.0));

  /** What Prometheus says, where the plan asks it; empty when it does not answer. */
  Optional<Double> errors = Optional.of(0.0);

  private final class Measured implements MetricSource {
    @Override
    public boolean reads(CriteriaRules.Metrics metrics) {
      return metrics instanceof CriteriaRules.Prometheus;
    }

    @Override
    public Optional<Sample> read(Plan any, CriteriaRules.Metrics metrics) {
      return errors.map(rate -> new Sample(Map.of(Metric.ERROR_RATE, rate), Optional.empty()));
    }
  }

  /** The next judgements end in an exception. */
  volatile boolean criteriaFail;

  private final CriteriaTable table = new TableOfFile();

  private List<Ruling> judge(String preset, String criterion, String state) {
    if (criteriaFail) {
      throw new IllegalStateException("the database of the criteria does not answer");
    }
    return table.judge(preset, criterion, state);
  }

  WatchWorld(ProcessEngine engine, Map<Object, Object> beans) {
    super(engine, KEY, "RollbackWatchProcess", "monitoring");
    plans.add(plan);
    Incidents incidents = new Incidents(plans, register, journal, Measurements.NONE, time);
    context.registerBean(Databases.class, () -> new Databases(List.of(database)));
    context.registerBean(Routes.class, () -> new Routes(List.of()));
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Clock.class, () -> time);
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint("f".repeat(16)));
    context.registerBean(Approvals.class, KeptApprovals::new);
    context.registerBean(Runs.class, () -> register);
    context.registerBean(ReplicationMonitor.class, () -> monitor);
    context.registerBean(Incidents.class, () -> incidents);
    context.registerBean(EvaluateCriteria.class, () -> criteria);
    context.registerBean(Samples.class, () -> samples);
    // nothing looks but the rounds, so that a test says when
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("world", Map.of("repli.armed-criteria.enabled", "false")));
    begin(beans, "dev.repli.rollback", "dev.repli.watch");
    add(KEY, "RollbackWatchProcess", Optional.empty());
    add(ROLLBACK, "RollbackProcess", Optional.of("Rolled back to source"));
  }

  @Override
  protected Map<String, Object> facts() {
    return Map.of("rollbackRun", ROLLBACK.value(), "rollbackEndedAt", ENDED.toString());
  }

  /** The rollback before this watch was one in place, on the target. */
  void rolledBackInPlace() {
    plan = UpgradedPlan.of(database);
    plans.add(plan);
    add(ROLLBACK, "RollbackProcess", Optional.of("Rolled back in place"));
  }

  /** What this watch follows was a cutover that went back by itself. */
  void cutoverWentBack() {
    add(ROLLBACK, "CutoverProcess", Optional.of("Returned to source"));
  }

  /** The plan says whom Repli can ask for the error rate, and for nothing else. */
  void asksPrometheus() {
    CriteriaRules usual = CriteriaRules.USUAL;
    Plan other =
        SamplePlan.of(
            database, List.of(), new Checks(List.of(), List.of(), List.of()), "2".repeat(64));
    plan =
        other.with(
            new CriteriaRules(
                usual.preset(),
                usual.thresholds(),
                new CriteriaRules.Prometheus(
                    URI.create("http://prometheus.example:9090"),
                    List.of(new CriteriaRules.Query(Metric.ERROR_RATE, "errors"))),
                usual.staleAfter(),
                usual.evaluateEvery(),
                usual.decision(),
                usual.alerts(),
                usual.baseline()));
    plans.add(plan);
  }

  /** Somebody pushes or measures this error rate, twice a minute for so long. */
  void errorRate(double rate, Duration howLong) {
    errors = Optional.of(rate);
    Duration every = Duration.ofSeconds(30);
    for (long sample = 0; sample < howLong.dividedBy(every); sample++) {
      time.pass(every);
      criteria.take(plan, new Sample(Map.of(Metric.ERROR_RATE, rate), Optional.empty()));
    }
  }

  private void add(RunKey key, String runbook, Optional<String> result) {
    runs.add(
        new Run(
            key,
            runbook,
            plan.id(),
            "monitoring",
            false,
            "instance-" + key,
            time.instant(),
            result.map(any -> time.instant()),
            result,
            false,
            List.of()));
  }

  /** Another run of the plan begins. */
  void begins(RunKey key, String runbook) {
    time.pass(Duration.ofMinutes(1));
    add(key, runbook, Optional.empty());
  }

  void passes(RunKey key, String milestone) {
    journal.append(key, new Milestone(milestone, "passed", Map.of()));
  }

  void comesTo(RunKey key, String step) {
    journal.append(key, new Milestone("STEP_BEGUN", "begun", Map.of("step", step)));
  }

  void tablesDiffer() {
    checksumErrors(1);
  }

  void checksumErrors(double errors) {
    criteria.take(plan, new Sample(Map.of(Metric.CHECKSUM_ERRORS, errors), Optional.empty()));
  }

  List<String> resolved() {
    return evidence(Milestone.class).stream()
        .filter(any -> any.name().equals("WATCH_RESOLVED"))
        .map(any -> any.facts().getOrDefault("incident", ""))
        .toList();
  }

  List<String> started() {
    return runs.requests.stream().map(any -> any.runbook() + " " + any.key()).toList();
  }

  @Override
  protected Journal journal() {
    return journal;
  }
}
