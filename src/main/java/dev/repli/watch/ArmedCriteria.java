package dev.repli.watch;

import dev.repli.criteria.EvaluateCriteria;
import dev.repli.criteria.Judgement;
import dev.repli.criteria.Ruling.Outcome;
import dev.repli.incident.Incident.Severity;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import dev.repli.watch.WatchJournal.Known;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the criteria armed while a cutover or a rollback is watched, where a plan says whom Repli
 * can ask for numbers: the clocks of the criteria count only what is looked at, and the rounds of a
 * watch are far too rare for them. After a cutover a breach is reported like any other incident;
 * after a rollback its watch does that itself.
 */
public final class ArmedCriteria {
  private static final Logger LOG = LoggerFactory.getLogger(ArmedCriteria.class);
  private static final String CUTOVER = "CutoverProcess";
  private static final String TRIAGE = "IncidentTriageProcess";
  private static final String WATCH = "RollbackWatchProcess";

  /** The step from which on a cutover only looks. */
  private static final String AT_WATCH = "watch";

  private static final String CRITERIA = "criteria";
  private static final int RECENT = 20;

  private final Plans plans;
  private final Runs runs;
  private final EvaluateCriteria criteria;
  private final ReportFromWatch report;
  private final WatchJournal journal;
  private final Clock clock;
  private final Executor executor;
  private final Map<PlanId, Instant> looked = new ConcurrentHashMap<>();
  private final Set<PlanId> busy = ConcurrentHashMap.newKeySet();

  /**
   * @param executor runs looks; a source that does not answer holds one of its threads for some 10
   *     s
   */
  ArmedCriteria(
      Plans plans,
      Runs runs,
      EvaluateCriteria criteria,
      ReportFromWatch report,
      WatchJournal journal,
      Clock clock,
      Executor executor) {
    this.plans = plans;
    this.runs = runs;
    this.criteria = criteria;
    this.report = report;
    this.journal = journal;
    this.clock = clock;
    this.executor = executor;
  }

  /** One round; a plan whose last look still goes on is left out. */
  public void tick() {
    for (Plan plan : plans.all()) {
      if (canBeAsked(plan) && isDue(plan) && busy.add(plan.id())) {
        looked.put(plan.id(), clock.instant());
        executor.execute(() -> look(plan));
      }
    }
  }

  private static boolean canBeAsked(Plan plan) {
    return !(plan.criteria().metrics() instanceof CriteriaRules.Pushed);
  }

  private boolean isDue(Plan plan) {
    Instant last = looked.getOrDefault(plan.id(), Instant.EPOCH);
    return !clock.instant().isBefore(last.plus(plan.criteria().evaluateEvery()));
  }

  private void look(Plan plan) {
    try {
      List<Run> recent = runs.newest(plan.id(), RECENT);
      Optional<RunKey> cutover = cutover(recent);
      if (cutover.isPresent()) {
        judge(plan, cutover.get(), recent);
      } else if (recent.stream().anyMatch(run -> isAtWork(run) && run.runbook().equals(WATCH))) {
        var unused = criteria.evaluate(plan, Optional.empty());
      }
    } catch (RuntimeException e) {
      // one plan's trouble must not disarm the others
      LOG.error("the criteria of plan {} could not be looked at; tried again", plan.id(), e);
    } finally {
      busy.remove(plan.id());
    }
  }

  /** The newest one, while it is watched; later only while what it reported is not over. */
  private Optional<RunKey> cutover(List<Run> recent) {
    return recent.stream()
        .filter(run -> run.runbook().equals(CUTOVER) && !run.dryRun())
        .findFirst()
        .filter(
            run ->
                isAtWork(run)
                    ? journal.isAt(run.key(), AT_WATCH)
                    : !journal.known(run.key()).open().isEmpty())
        .map(Run::key);
  }

  private void judge(Plan plan, RunKey cutover, List<Run> recent) {
    Judgement now = criteria.evaluate(plan, Optional.empty());
    journal.judged(cutover, now);
    Known known = journal.known(cutover);
    if (known.open().isEmpty()) {
      boolean calls =
          now.outcome() == Outcome.ROLLBACK_NOW || now.outcome() == Outcome.ROLLBACK_RECOMMENDED;
      if (calls && recent.stream().noneMatch(run -> moves(run, cutover))) {
        Findings found = new Findings(List.of(Finding.bad(CRITERIA, "", now.inWords())));
        var unused =
            report.bad(cutover, plan, known.incidents(), found, Set.of(CRITERIA), severity(now));
      }
    } else if (now.outcome() == Outcome.CONTINUE) {
      report.over(cutover, plan, known.open(), "the criteria are normal again");
    }
  }

  /** What it does to the numbers is what it is there for. */
  private static boolean moves(Run run, RunKey cutover) {
    return isAtWork(run)
        && !run.key().equals(cutover)
        && !run.runbook().equals(TRIAGE)
        && !Runs.BESIDE.contains(run.runbook());
  }

  private static boolean isAtWork(Run run) {
    return run.endedAt().isEmpty() && !run.dryRun();
  }

  private static Severity severity(Judgement found) {
    return switch (found.severity()) {
      case CRITICAL -> Severity.CRITICAL;
      case HIGH -> Severity.HIGH;
      case MEDIUM -> Severity.MEDIUM;
      case LOW, NONE -> Severity.LOW;
    };
  }
}
