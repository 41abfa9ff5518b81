package dev.repli.triage;

import dev.repli.criteria.Baselines;
import dev.repli.criteria.BreachClocks;
import dev.repli.criteria.MetricSource;
import dev.repli.criteria.Sample;
import dev.repli.cutover.MeasureNormal;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.CriteriaRules.Metrics;
import dev.repli.plan.CriteriaRules.Prometheus;
import dev.repli.plan.Metric;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was normal before the newest cutover of a plan, as its journal keeps it; what the plan
 * itself states counts more.
 */
final class RecordedBaselines implements Baselines, MeasureNormal {
  private static final String RUNBOOK = "CutoverProcess";
  private static final String RECORDED = "BASELINE_RECORDED";
  private static final String MOVED = "POINT_OF_NO_RETURN";
  private static final String SWITCHED = "IN_PLACE_VERSION_SWITCHES";
  private static final Set<String> MOVERS = Set.of(RUNBOOK, "RollbackProcess");
  private static final int RECENT = 50;

  /** Criteria are evaluated often, and cutovers are rare. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  /** Five times the 2 ms of a quiet night is no trouble. */
  private static final double LEAST_MS = 20;

  /** A report before a cutover that is older says nothing of the load now. */
  private static final Duration LATELY = Duration.ofHours(1);

  private final List<MetricSource> sources;

  /** Asked for when needed: the clocks belong to the criteria, which ask for baselines. */
  private final Supplier<BreachClocks> clocks;

  /** Asked for when needed: the register itself needs the engine that the steps are part of. */
  private final Supplier<Runs> runs;

  private final Journal journal;
  private final Clock clock;
  private final Map<PlanId, Read> known = new ConcurrentHashMap<>();

  private record Read(Instant at, Optional<Double> latency, Optional<Instant> moved) {}

  RecordedBaselines(
      List<MetricSource> sources,
      Supplier<BreachClocks> clocks,
      Supplier<Runs> runs,
      Journal journal,
      Clock clock) {
    this.clocks = clocks;
    this.sources = List.copyOf(sources);
    this.runs = runs;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public Map<String, String> measure(Plan plan) {
    return sources.stream()
        .filter(source -> source.reads(plan.criteria().metrics()))
        .findFirst()
        .flatMap(source -> source.read(plan, latencyOf(plan.criteria().metrics())))
        .map(Sample::values)
        .flatMap(values -> Optional.ofNullable(values.get(Metric.LATENCY_P95_MS)))
        .or(() -> pushed(plan))
        .filter(latency -> latency > 0)
        .map(latency -> Map.of(Metric.LATENCY_P95_MS.word(), Double.toString(latency)))
        .orElse(Map.of());
  }

  /** What somebody reported lately; from the other sources it would be an old answer. */
  private Optional<Double> pushed(Plan plan) {
    return plan.criteria().metrics() instanceof CriteriaRules.Pushed
        ? clocks.get().newest(plan.id(), Metric.LATENCY_P95_MS, LATELY)
        : Optional.empty();
  }

  /** A cutover does not wait for answers that nobody keeps. */
  private static Metrics latencyOf(Metrics all) {
    return all instanceof Prometheus asked
        ? new Prometheus(
            asked.url(),
            asked.queries().stream()
                .filter(query -> query.metric() == Metric.LATENCY_P95_MS)
                .toList())
        : all;
  }

  @Override
  public Optional<Double> latency(Plan plan) {
    return OF_PLAN.latency(plan).or(() -> recorded(plan.id()).latency());
  }

  @Override
  public Optional<Instant> writerMoved(Plan plan) {
    return recorded(plan.id()).moved();
  }

  private Read recorded(PlanId plan) {
    Instant now = clock.instant();
    Read read = known.get(plan);
    if (read == null || Duration.between(read.at(), now).abs().compareTo(FRESH) > 0) {
      List<Run> recent =
          runs.get().newest(plan, RECENT).stream()
              .filter(run -> MOVERS.contains(run.runbook()) && !run.dryRun())
              .toList();
      read = new Read(now, latency(recent), moved(recent));
      known.put(plan, read);
    }
    return read;
  }

  private Optional<Double> latency(List<Run> newestFirst) {
    return newestFirst.stream()
        .filter(run -> run.runbook().equals(RUNBOOK))
        .filter(run -> journal.newestMilestone(run.key(), MOVED).isPresent())
        .findFirst()
        .flatMap(this::recordedBy)
        .map(latency -> Math.max(LEAST_MS, latency));
  }

  private Optional<Instant> moved(List<Run> newestFirst) {
    return newestFirst.stream()
        .flatMap(run -> journal.newestMilestone(run.key(), MOVED, SWITCHED).stream())
        .findFirst()
        .map(JournalEntry::at);
  }

  private Optional<Double> recordedBy(Run run) {
    return journal
        .newestMilestone(run.key(), RECORDED)
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(entry -> ((Milestone) entry).facts().get(Metric.LATENCY_P95_MS.word()))
        .map(Double::valueOf);
  }
}
