package dev.repli.triage;

import dev.repli.criteria.EvaluateCriteria;
import dev.repli.criteria.Judgement;
import dev.repli.criteria.Reading;
import dev.repli.criteria.Ruling.Outcome;
import dev.repli.incident.Incident.Severity;
import dev.repli.incident.Reporters;
import dev.repli.plan.ContactRules;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Evaluates the criteria for one incident and says how the triage goes on. Changes nothing. */
public final class WeighIncident {
  private final EvaluateCriteria criteria;
  private final TriageJournal journal;
  private final Clock clock;

  WeighIncident(EvaluateCriteria criteria, TriageJournal journal, Clock clock) {
    this.criteria = criteria;
    this.journal = journal;
    this.clock = clock;
  }

  /** How a grace period or an open question goes on. */
  public enum Course {
    GO_ON,
    /** Everything is normal. */
    RECOVERED,
    /** Rollback now, or the grace has ended. */
    ROLL_BACK,
    /** The grace has ended, and people have to say. */
    ASSESS
  }

  /**
   * @param graceEnds when the grace period ends; empty when none has begun
   */
  public record Weighed(Judgement judgement, Course course, Optional<Instant> graceEnds) {}

  /**
   * @param graceEnds as known before; a worse verdict can only bring it forward
   * @param peopleDecide they stopped a rollback: criteria start no other one
   */
  public Weighed weigh(RunKey run, Plan plan, Optional<Instant> graceEnds, boolean peopleDecide) {
    Reporters reporters = journal.reporters(run, plan.id());
    Judgement found = criteria.evaluate(plan, reporters.worst().map(Severity::name));
    journal.judged(run, found);
    Instant now = clock.instant();
    Optional<Instant> ends = ends(plan, found, graceEnds, now);
    Course course =
        recovered(reporters, plan, found)
            ? Course.RECOVERED
            : course(found, ends, now, peopleDecide);
    return new Weighed(found, course, ends);
  }

  private static Optional<Instant> ends(
      Plan plan, Judgement found, Optional<Instant> before, Instant now) {
    if (found.outcome() != Outcome.ROLLBACK_RECOMMENDED && found.outcome() != Outcome.WATCH) {
      return before;
    }
    Instant end = now.plus(grace(plan, found));
    return Optional.of(before.filter(known -> known.isBefore(end)).orElse(end));
  }

  /** What the plan says of the severity counts more than the table. */
  private static Duration grace(Plan plan, Judgement found) {
    ContactRules.Grace own = plan.contacts().grace();
    Optional<Duration> said =
        switch (found.severity()) {
          case HIGH -> own.high();
          case MEDIUM -> own.medium();
          case LOW -> own.low();
          case NONE, CRITICAL -> Optional.empty();
        };
    return said.orElse(found.grace());
  }

  private static Course course(
      Judgement found, Optional<Instant> ends, Instant now, boolean peopleDecide) {
    boolean over = ends.filter(end -> !now.isBefore(end)).isPresent();
    if (peopleDecide) {
      return Course.GO_ON;
    }
    return switch (found.outcome()) {
      case ROLLBACK_NOW -> Course.ROLL_BACK;
      case ROLLBACK_RECOMMENDED -> over ? Course.ROLL_BACK : Course.GO_ON;
      case WATCH, INCONCLUSIVE, CONTINUE -> over ? Course.ASSESS : Course.GO_ON;
    };
  }

  /**
   * Unknown metrics are not healthy, and a breach that has not lasted long enough is no recovery:
   * nobody would look again. Only when whoever pushes the metrics says that the incident is over,
   * is that all that can be known.
   */
  private static boolean recovered(Reporters reporters, Plan plan, Judgement found) {
    boolean pushed = plan.criteria().metrics() instanceof CriteriaRules.Pushed;
    boolean breaching =
        found.readings().stream().anyMatch(one -> one.state() == Reading.State.BREACHING);
    boolean held = found.readings().stream().anyMatch(one -> one.state() == Reading.State.HELD);
    boolean said = pushed && reporters.isOver() && !held;
    return !breaching
        && (found.outcome() == Outcome.CONTINUE
            || (found.outcome() == Outcome.INCONCLUSIVE && said));
  }
}
