package dev.repli.watch;

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

/** Hours of a watch in no time, with the team's real table and the real clocks of the criteria. */
abstract class WatchedHours {
  static final RunKey CUTOVER = new RunKey("CUT-1");
  static final String TRIAGE = "IncidentTriageProcess";
  static final CriteriaRules.Metrics ASKED =
      new CriteriaRules.Prometheus(URI.create("http://prometheus.example:9090"), List.of());

  final TwoClocks time = new TwoClocks(Instant.parse("2026-03-01T12:00:00Z"));
  Plan plan = measuredBy(ASKED);
  final OnePlan plans = new OnePlan();
  final InMemoryJournal journal = new InMemoryJournal(time);
  final InMemoryRuns started = new InMemoryRuns(plans, journal);
  final List<Runs.Run> others = new ArrayList<>();
  Optional<Double> errors = Optional.of(0.0);
  double latency = 90.0;
  boolean latencyMeasured = true;
  int asked;

  final ArmedCriteria armed = armed();

  final class OnePlan implements Plans {
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
  final class Register implements Runs {
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

  final class Measured implements MetricSource {
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

  static Plan measuredBy(CriteriaRules.Metrics metrics, Threshold... thresholds) {
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

  ArmedCriteria armed() {
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

  void begins(RunKey key, String runbook) {
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

  void watchedCutover() {
    begins(CUTOVER, "CutoverProcess");
    journal.append(CUTOVER, new Milestone("STEP_BEGUN", "begun", Map.of("step", "watch")));
  }

  void pass(Duration howLong) {
    Duration every = Duration.ofSeconds(5);
    for (long tick = 0; tick < howLong.dividedBy(every); tick++) {
      time.pass(every);
      armed.tick();
    }
  }

  List<String> told(String milestone) {
    return journal.read(CUTOVER).stream()
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(Milestone.class::cast)
        .filter(entry -> entry.name().equals(milestone))
        .map(Milestone::text)
        .toList();
  }
}
