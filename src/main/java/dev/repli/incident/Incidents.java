package dev.repli.incident;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes reports in: the first one about an incident starts a triage, all others fold into it, also
 * those of other incidents of the same plan while it lasts. What they measured goes to the
 * criteria.
 */
public final class Incidents {
  private static final String RUNBOOK = "IncidentTriageProcess";
  private static final String UPDATED = Reporters.UPDATED;
  private static final String RESOLVED = Reporters.RESOLVED;
  private static final String JOINED = Reporters.JOINED;

  /** Written by the start itself, so a second report always finds what the first one said. */
  private static final String REPORTED = Reporters.REPORTED;

  /** Updates of the same severity are noted once in this time. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** Other incidents that are noted in that time. */
  private static final int MOST_AT_ONCE = 20;

  /** More runs of one plan than this since a triage began: it is not looked for any more. */
  private static final int RECENT = 20;

  /**
   * Two incidents of one plan at the same time are one triage. Between several Replis the register
   * of runs sees to it; here nobody needs to try.
   */
  private final ReentrantLock oneAtATime = new ReentrantLock();

  private final Plans plans;
  private final Runs runs;
  private final Journal journal;
  private final Measurements measurements;
  private final Clock clock;

  public Incidents(
      Plans plans, Runs runs, Journal journal, Measurements measurements, Clock clock) {
    this.measurements = measurements;
    this.plans = plans;
    this.runs = runs;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Takes one report in.
   *
   * @param by authenticated user who sent it
   */
  public Intake receive(Incident incident, String by) {
    Optional<Run> known = runs.find(incident.id());
    if (known.isPresent()) {
      return fold(known.get(), incident, by);
    }
    Optional<Plan> plan = plans.find(incident.plan());
    if (plan.isEmpty()) {
      return new Intake.UnknownPlan(incident.plan());
    }
    oneAtATime.lock();
    try {
      // an equal report may have been faster
      return runs.find(incident.id())
          .map(run -> fold(run, incident, by))
          .or(() -> join(incident, by))
          .orElseGet(
              () ->
                  incident.status() == Incident.Status.RESOLVED
                      ? endLate(incident, by).orElseGet(Intake.NothingToStart::new)
                      : start(plan.get(), incident, by));
    } finally {
      oneAtATime.unlock();
    }
  }

  /** The triage that the plan has already, with what another incident adds to it. */
  private Optional<Intake> join(Incident incident, String by) {
    return active(incident.plan())
        .map(
            run -> {
              boolean resolved = incident.status() == Incident.Status.RESOLVED;
              if (resolved && reporters(run).isOverWith(incident)) {
                nothingIsLeft(run);
              }
              measure(run.plan(), incident);
              return noteRarely(
                  run,
                  JOINED,
                  resolved ? "Also resolved, says " : "Also reported by ",
                  incident,
                  by);
            });
  }

  /** The newest triage has ended, and one of those who joined it says now that it is over. */
  private Optional<Intake> endLate(Incident incident, String by) {
    return runs.newest(incident.plan(), RECENT).stream()
        .filter(run -> run.runbook().equals(RUNBOOK) && !run.dryRun())
        .findFirst()
        .filter(run -> reporters(run).goesOn(incident))
        .map(
            run -> {
              if (reporters(run).isOverWith(incident)) {
                nothingIsLeft(run);
              }
              measure(run.plan(), incident);
              return noteRarely(run, JOINED, "Also resolved, says ", incident, by);
            });
  }

  /** The triage that works on a plan now, if one does. */
  public Optional<Run> active(PlanId plan) {
    return runs.newest(plan, RECENT).stream()
        .filter(run -> run.runbook().equals(RUNBOOK) && !run.dryRun() && run.result().isEmpty())
        .findFirst();
  }

  private Intake noteRarely(Run run, String name, String text, Incident incident, String by) {
    return joinedJustNow(run, incident) && !reporters(run).changedBy(incident)
        ? new Intake.Folded(run, Intake.Effect.TOO_SOON)
        : tell(run, name, text, incident, by, Intake.Effect.JOINED);
  }

  /** What another incident says at the same time is noted, too, but no storm of them. */
  private boolean joinedJustNow(Run run, Incident incident) {
    List<String> lately =
        journal.read(run.key()).stream()
            .filter(this::isRecent)
            .map(JournalEntry::evidence)
            .filter(Milestone.class::isInstance)
            .map(Milestone.class::cast)
            .filter(entry -> entry.name().equals(JOINED))
            .map(entry -> entry.facts().getOrDefault("incidentId", ""))
            .toList();
    return lately.size() >= MOST_AT_ONCE || lately.contains(incident.id().value());
  }

  /** Writes a line about an incident that is being worked on; nothing when there is no such run. */
  void note(RunKey run, String name, String text, Map<String, String> facts) {
    if (runs.find(run).isPresent()) {
      journal.append(run, new Milestone(name, text, facts));
    }
  }

  private void measure(PlanId plan, Incident incident) {
    plans
        .find(plan)
        .ifPresent(known -> measurements.measured(known, incident.metrics(), Optional.empty()));
  }

  private Intake start(Plan plan, Incident incident, String by) {
    // before the triage looks, which may be at once
    measurements.measured(plan, incident.metrics(), Optional.empty());
    Runs.Start start =
        runs.start(
            new Runs.Request(incident.id(), RUNBOOK, incident.plan(), by, false, incident.facts()));
    if (start instanceof Runs.Start.Started started) {
      return new Intake.Started(started.run());
    }
    if (start instanceof Runs.Start.PlanBusy busy) {
      // another Repli may just have started the plan's triage
      return (busy.run().runbook().equals(RUNBOOK) ? join(incident, by) : Optional.<Intake>empty())
          .orElseGet(() -> new Intake.PlanBusy(busy.run()));
    }
    return fold(start.run(), incident, by);
  }

  private Intake fold(Run run, Incident incident, String by) {
    if (!run.plan().equals(incident.plan())) {
      return new Intake.Contradiction(
          run, "incident " + incident.id() + " belongs to plan " + run.plan());
    }
    if (isLeftToPeople(run) && incident.status() == Incident.Status.RESOLVED) {
      return newest(run.key(), RESOLVED).isPresent()
          ? new Intake.Folded(run, Intake.Effect.REPEATED)
          : tell(run, RESOLVED, "Over, says ", incident, by, Intake.Effect.RESOLVED);
    }
    if (!run.runbook().equals(RUNBOOK) || run.dryRun()) {
      return new Intake.Contradiction(
          run,
          "%s is the key of a %s, which takes no reports; report the incident under another id"
              .formatted(
                  incident.id(),
                  run.dryRun() ? "dry run of " + run.runbook() : "run of " + run.runbook()));
    }
    Optional<JournalEntry> newest = newest(run.key(), REPORTED, UPDATED, RESOLVED);
    Map<String, String> before = newest.map(Incidents::facts).orElse(Map.of());
    boolean repeated = incident.hash().equals(before.get("reportHash"));
    if (incident.status() == Incident.Status.RESOLVED) {
      return end(run, incident, by, repeated);
    }
    if (run.result().isEmpty() && !isOver(run)) {
      measure(run.plan(), incident);
    }
    if (repeated) {
      return new Intake.Folded(run, Intake.Effect.REPEATED);
    }
    if (isOver(run)) {
      return new Intake.Contradiction(
          run,
          "incident "
              + incident.id()
              + " was reported as resolved; a new outage needs an incident id of its own");
    }
    if (run.result().isPresent()) {
      // nobody looks into it any more: taken in, it would be lost
      return new Intake.Contradiction(
          run,
          "the triage of incident %s has ended as '%s'; what goes on or is new needs an incident id of its own"
              .formatted(incident.id(), run.result().get()));
    }
    Map<String, String> said = new HashMap<>(incident.facts());
    said.putAll(reporters(run).rise(incident));
    boolean sameSeverity = incident.severityWord().equals(before.get("severity"));
    return sameSeverity && newest(run.key(), UPDATED).filter(this::isRecent).isPresent()
        ? new Intake.Folded(run, Intake.Effect.TOO_SOON)
        : note(
            run,
            UPDATED,
            "Incident updated by " + incident.source(),
            incident,
            by,
            said,
            Intake.Effect.UPDATED);
  }

  private Intake end(Run run, Incident incident, String by, boolean repeated) {
    oneAtATime.lock();
    try {
      // the end of what went on under another id since is no repeat
      if (repeated && !reporters(run).goesOn(incident)) {
        return new Intake.Folded(run, Intake.Effect.REPEATED);
      }
      boolean another = active(run.plan()).filter(now -> !now.key().equals(run.key())).isPresent();
      if (!another && reporters(run).isOverWith(incident)) {
        // who goes on would be measured no more: then the criteria see what became better
        nothingIsLeft(run);
      }
      if (!another) {
        measure(run.plan(), incident);
      }
      String others = reporters(run).othersThan(incident);
      String text =
          others.isEmpty()
              ? "Incident resolved, says "
              : "Resolved, but still reported under " + others + ", says ";
      return tell(run, RESOLVED, text, incident, by, Intake.Effect.RESOLVED);
    } finally {
      oneAtATime.unlock();
    }
  }

  private void nothingIsLeft(Run run) {
    plans.find(run.plan()).ifPresent(measurements::over);
  }

  /**
   * Whether people have ended a triage, and nobody has said since that what it is about is over.
   */
  boolean isSettled(RunKey key) {
    return runs.find(key).filter(run -> run.result().isPresent() && !isOver(run)).isPresent();
  }

  /** A rollback or cutover of which only people can say that it is over. */
  private static boolean isLeftToPeople(Run run) {
    return !run.runbook().equals(RUNBOOK)
        && !run.dryRun()
        && run.result().filter("Handed to contingency plan"::equals).isPresent();
  }

  private Reporters reporters(Run run) {
    return Reporters.of(run.key(), run.plan(), journal.read(run.key()));
  }

  /** Notes what begins or ends for people, too. */
  private Intake tell(
      Run run, String name, String text, Incident incident, String by, Intake.Effect effect) {
    Map<String, String> facts = new HashMap<>(incident.facts());
    facts.putAll(reporters(run).facts(incident));
    if (isLeftToPeople(run)) {
      // it has no other reporters
      facts.put(Reporters.MESSAGE, Reporters.END);
    }
    return note(run, name, text + incident.source(), incident, by, facts, effect);
  }

  private Intake note(
      Run run,
      String name,
      String text,
      Incident incident,
      String by,
      Map<String, String> facts,
      Intake.Effect effect) {
    String says = text + " (" + by + "): " + incident.summary();
    journal.append(run.key(), new Milestone(name, says, facts));
    return new Intake.Folded(run, effect);
  }

  private boolean isOver(Run run) {
    return newest(run.key(), RESOLVED).isPresent();
  }

  private boolean isRecent(JournalEntry entry) {
    return entry.at().plus(PAUSE).isAfter(clock.instant());
  }

  private Optional<JournalEntry> newest(RunKey run, String... names) {
    return journal.newestMilestone(run, names);
  }

  private static Map<String, String> facts(JournalEntry entry) {
    return entry.evidence() instanceof Milestone milestone ? milestone.facts() : Map.of();
  }
}
