package dev.repli.watch;

import dev.repli.incident.Incident;
import dev.repli.incident.Incident.Severity;
import dev.repli.incident.Incident.Status;
import dev.repli.incident.Incidents;
import dev.repli.incident.Intake;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the triage what the watch has found, and when it is over. */
final class ReportFromWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ReportFromWatch.class);
  private static final String REPORTER = "repli-watch";

  /** Asked for when needed: it itself needs the engine that the steps are part of. */
  private final Supplier<Incidents> incidents;

  /** Not the caller's thread: its transaction is the step's, and a refused start ends it. */
  private final Executor elsewhere;

  private final WatchJournal journal;
  private final Clock clock;
  private final String about;

  /**
   * @param about what is watched, for people, for example {@code Watch after the rollback}
   */
  ReportFromWatch(
      Supplier<Incidents> incidents,
      Executor elsewhere,
      WatchJournal journal,
      Clock clock,
      String about) {
    this.about = about;
    this.incidents = incidents;
    this.elsewhere = elsewhere;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Safe to repeat: what was not written down as taken in goes under the same id again.
   *
   * @param before how many incidents this watch has reported already
   * @param bad what of the findings is new
   * @param kept facts in the watch's journal, to be known of the report later
   * @return whether a triage took it in
   */
  boolean bad(
      RunKey watch,
      Plan plan,
      int before,
      Findings findings,
      Set<String> bad,
      Severity severity,
      Map<String, String> kept) {
    RunKey id = new RunKey(watch.value() + "-" + (before + 1));
    String why =
        findings.of(Verdict.BAD).stream().map(Finding::toString).collect(Collectors.joining("; "));
    try {
      Intake taken = receive(id, plan, why, Status.FIRING, severity);
      Optional<RunKey> triage = triage(taken);
      triage.ifPresentOrElse(
          run -> journal.reported(watch, id, run, bad, kept),
          () -> journal.refused(watch, id, taken.getClass().getSimpleName()));
      return triage.isPresent();
    } catch (RuntimeException e) {
      LOG.error("watch {}: incident {} could not be reported; tried again", watch, id, e);
      journal.refused(watch, id, e.getClass().getSimpleName());
      return false;
    }
  }

  void over(RunKey watch, Plan plan, Set<RunKey> open, String why) {
    for (RunKey id : open) {
      try {
        journal.resolved(watch, id, why, receive(id, plan, why, Status.RESOLVED, Severity.HIGH));
      } catch (RuntimeException e) {
        LOG.error("watch {}: the end of incident {} could not be reported", watch, id, e);
      }
    }
  }

  private Intake receive(RunKey id, Plan plan, String why, Status status, Severity severity) {
    Incident incident =
        new Incident(
            id,
            plan.id(),
            REPORTER,
            Optional.of(severity),
            PlainLine.of(about + ": " + why),
            clock.instant(),
            new TreeMap<>(),
            status);
    return CompletableFuture.supplyAsync(
            () -> incidents.get().receive(incident, REPORTER), elsewhere)
        .join();
  }

  private static Optional<RunKey> triage(Intake taken) {
    if (taken instanceof Intake.Started started) {
      return Optional.of(started.run().key());
    }
    return taken instanceof Intake.Folded folded && folded.effect() != Intake.Effect.TOO_SOON
        ? Optional.of(folded.run().key())
        : Optional.empty();
  }
}
