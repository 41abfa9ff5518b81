package dev.repli.incident;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Takes reports in: the first one about an incident starts a run, all others fold into it. */
public final class Incidents {
  private static final String RUNBOOK = "RollbackProcess";
  private static final String UPDATED = "INCIDENT_UPDATED";
  private static final String RESOLVED = "INCIDENT_RESOLVED";

  /** Written by the start itself, so a second report always finds what the first one said. */
  private static final String REPORTED = "RUN_REQUESTED";

  /** Updates of the same severity are noted once in this time. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Plans plans;
  private final Runs runs;
  private final Journal journal;
  private final Clock clock;

  public Incidents(Plans plans, Runs runs, Journal journal, Clock clock) {
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
    if (plans.find(incident.plan()).isEmpty()) {
      return new Intake.UnknownPlan(incident.plan());
    }
    return incident.status() == Incident.Status.RESOLVED
        ? new Intake.NothingToStart()
        : start(incident, by);
  }

  private Intake start(Incident incident, String by) {
    Runs.Start start =
        runs.start(
            new Runs.Request(incident.id(), RUNBOOK, incident.plan(), by, false, incident.facts()));
    if (start instanceof Runs.Start.Started started) {
      return new Intake.Started(started.run());
    }
    return start instanceof Runs.Start.PlanBusy busy
        ? new Intake.PlanBusy(busy.run())
        : fold(start.run(), incident, by);
  }

  private Intake fold(Run run, Incident incident, String by) {
    if (!run.plan().equals(incident.plan())) {
      return new Intake.Contradiction(
          run, "incident " + incident.id() + " belongs to plan " + run.plan());
    }
    Optional<JournalEntry> newest = newest(run.key(), REPORTED, UPDATED, RESOLVED);
    Map<String, String> before = newest.map(Incidents::facts).orElse(Map.of());
    if (incident.hash().equals(before.get("reportHash"))) {
      return new Intake.Folded(run, Intake.Effect.REPEATED);
    }
    if (incident.status() == Incident.Status.RESOLVED) {
      return note(run, RESOLVED, "Incident resolved, says ", incident, by, Intake.Effect.RESOLVED);
    }
    if (newest(run.key(), RESOLVED).isPresent()) {
      return new Intake.Contradiction(
          run,
          "incident "
              + incident.id()
              + " was reported as resolved; a new outage needs an incident id of its own");
    }
    boolean sameSeverity = incident.severityWord().equals(before.get("severity"));
    return sameSeverity && newest(run.key(), UPDATED).filter(this::isRecent).isPresent()
        ? new Intake.Folded(run, Intake.Effect.TOO_SOON)
        : note(run, UPDATED, "Incident updated by ", incident, by, Intake.Effect.UPDATED);
  }

  private Intake note(
      Run run, String name, String text, Incident incident, String by, Intake.Effect effect) {
    String says = text + incident.source() + " (" + by + "): " + incident.summary();
    journal.append(run.key(), new Milestone(name, says, incident.facts()));
    return new Intake.Folded(run, effect);
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
