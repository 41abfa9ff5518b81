package dev.repli.watch;

import dev.repli.criteria.Breach;
import dev.repli.criteria.EvaluateCriteria;
import dev.repli.criteria.Judgement;
import dev.repli.criteria.Reading;
import dev.repli.criteria.Ruling;
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
import java.time.Duration;
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

  /** What comes and goes in less is one incident. */
  private static final Duration CALM = Duration.ofMinutes(5);

  private final Plans plans;
  private final Runs runs;
  private final EvaluateCriteria criteria;
  private final ReportFromWatch report;
  private final WatchJournal journal;
  private final CriteriaJournal verdicts;
  private final BlindCriteria blind;
  private final Clock clock;
  private final Executor executor;
  private final Map<PlanId, Instant> looked = new ConcurrentHashMap<>();

  /** What the look before called for; after a restart two looks are needed anew. */
  private final Map<PlanId, Verdict> suspected = new ConcurrentHashMap<>();

  /** Since when no criterion is breached. */
  private final Map<PlanId, Instant> calmSince = new ConcurrentHashMap<>();

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
      CriteriaJournal verdicts,
      Clock clock,
      Executor executor) {
    this.plans = plans;
    this.runs = runs;
    this.criteria = criteria;
    this.report = report;
    this.journal = journal;
    this.verdicts = verdicts;
    this.blind = new BlindCriteria(verdicts, clock);
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
      Optional<RunKey> cutover = cutover(plan);
      if (cutover.isPresent()) {
        judge(plan, cutover.get());
        return;
      }
      suspected.remove(plan.id());
      calmSince.remove(plan.id());
      if (newest(plan, WATCH).filter(ArmedCriteria::isAtWork).isPresent()) {
        var unused = criteria.evaluate(plan, Optional.empty());
      }
    } catch (RuntimeException e) {
      // one plan's trouble must not disarm the others
      LOG.error("the criteria of plan {} could not be looked at; tried again", plan.id(), e);
    } finally {
      busy.remove(plan.id());
    }
  }

  private Optional<Run> newest(Plan plan, String runbook) {
    return runs.newestReal(plan.id(), runbook, 1).stream().findFirst();
  }

  /** The newest one, while it is watched; later only while what it reported is not over. */
  private Optional<RunKey> cutover(Plan plan) {
    return newest(plan, CUTOVER)
        .filter(
            run ->
                isAtWork(run)
                    ? journal.isAt(run.key(), AT_WATCH)
                    : !journal.known(run.key()).open().isEmpty())
        .map(Run::key);
  }

  private void judge(Plan plan, RunKey cutover) {
    Judgement now = criteria.evaluate(plan, Optional.empty());
    verdicts.judged(cutover, now);
    blind.look(cutover, now);
    Known known = journal.known(cutover);
    Optional<Verdict> confirmed = confirmed(plan, cutover, Verdict.of(now));
    if (isOver(plan, now, known)) {
      report.over(cutover, plan, known.open(), "no criterion is breached any more, for 5 min");
    } else if (confirmed.filter(verdict -> isNews(plan, known, verdict)).isPresent()) {
      Findings found = new Findings(List.of(Finding.bad(CRITERIA, "", now.inWords())));
      Verdict verdict = confirmed.get();
      var unused =
          report.bad(
              cutover,
              plan,
              known.incidents(),
              found,
              Set.of(CRITERIA),
              severity(verdict.severity()),
              verdict.facts(now));
    }
  }

  /** What two looks in a row call for at least; one sample calls nobody. */
  private Optional<Verdict> confirmed(Plan plan, RunKey cutover, Verdict now) {
    if (!now.callsForRollback()
        || runs.newest(plan.id(), RECENT).stream().anyMatch(run -> moves(run, cutover))) {
      suspected.remove(plan.id());
      return Optional.empty();
    }
    return Optional.ofNullable(suspected.put(plan.id(), now)).map(now::milder);
  }

  /**
   * While a triage works it looks itself. What people ended it with counts as long as it gets no
   * worse.
   */
  private boolean isNews(Plan plan, Known known, Verdict verdict) {
    if (known.open().isEmpty()) {
      return true;
    }
    boolean worse = known.worst().filter(worst -> !verdict.isWorseThan(worst)).isEmpty();
    return worse && newest(plan, TRIAGE).filter(ArmedCriteria::isAtWork).isEmpty();
  }

  private boolean isOver(Plan plan, Judgement now, Known known) {
    if (known.open().isEmpty()
        || !now.readings().stream().allMatch(reading -> isCalm(reading, known.held()))) {
      calmSince.remove(plan.id());
      return false;
    }
    Instant since = calmSince.computeIfAbsent(plan.id(), id -> clock.instant());
    return !clock.instant().isBefore(since.plus(CALM));
  }

  /**
   * What is not measured is no better than when it was seen last: what was reported has to be seen
   * normal. What was never bad may be missing.
   */
  private static boolean isCalm(Reading reading, Set<String> reported) {
    return switch (reading.state()) {
      case NORMAL -> true;
      case BREACHING, HELD -> false;
      case UNKNOWN ->
          !reported.isEmpty()
              && !reported.contains(reading.criterion().word())
              && reading.breach().filter(Breach::breaching).isEmpty();
    };
  }

  /** What it does to the numbers is what it is there for. */
  private static boolean moves(Run run, RunKey cutover) {
    return isAtWork(run)
        && !run.key().equals(cutover)
        && !Runs.MOVE_NOTHING.contains(run.runbook());
  }

  private static boolean isAtWork(Run run) {
    return run.endedAt().isEmpty() && !run.dryRun();
  }

  private static Severity severity(Ruling.Severity found) {
    return switch (found) {
      case CRITICAL -> Severity.CRITICAL;
      case HIGH -> Severity.HIGH;
      case MEDIUM -> Severity.MEDIUM;
      case LOW, NONE -> Severity.LOW;
    };
  }
}
