package dev.repli.postmortem;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for rollbacks that have ended, cutovers that went back by themselves among them, and starts
 * what follows them. The same rollback is followed once: the key says so, whatever was forgotten in
 * between.
 */
public final class FindEndedRollbacks {
  private static final String ROLLBACK_RUN = "rollbackRun";

  private static final Logger LOG = LoggerFactory.getLogger(FindEndedRollbacks.class);

  /** More of one runbook and plan do not end between two looks: each has the plan for itself. */
  private static final int RECENT = 10;

  /** A rollback that ended longer ago is history: Repli was installed or back too late. */
  static final Duration HISTORY = RemindWriters.DUE;

  /** After a start that failed. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final Plans plans;
  private final Runs runs;
  private final Journal journal;
  private final List<Followed> followers;
  private final Clock clock;
  private final Set<RunKey> seen = new HashSet<>();
  private final Map<RunKey, Instant> notBefore = new HashMap<>();

  private static final Set<String> BACK =
      Set.of("Rolled back to source", "Rolled back in place", WentBack.RETURNED);

  /**
   * A runbook that follows a rollback.
   *
   * @param ending of its key, behind the rollback's
   * @param onlyWhenBack not after one that was undone or handed over
   * @param within this time after the rollback's end; later it has no use any more
   */
  public record Followed(String runbook, String ending, boolean onlyWhenBack, Duration within) {
    boolean follows(Run rollback, Instant now) {
      return (!onlyWhenBack || rollback.result().filter(BACK::contains).isPresent())
          && rollback.endedAt().filter(end -> now.isBefore(end.plus(within))).isPresent();
    }
  }

  FindEndedRollbacks(
      Plans plans, Runs runs, Journal journal, List<Followed> followers, Clock clock) {
    this.plans = plans;
    this.runs = runs;
    this.journal = journal;
    this.followers = List.copyOf(followers);
    this.clock = clock;
  }

  /** Looks once. Not for use by several threads. */
  public void tick() {
    for (Plan plan : plans.all()) {
      isolated("looking for ended rollbacks of plan " + plan.id(), () -> look(plan));
    }
  }

  private void look(Plan plan) {
    WentBack.RUNBOOKS.stream()
        .flatMap(runbook -> runs.newestReal(plan.id(), runbook, RECENT).stream())
        .filter(run -> run.endedAt().isPresent() && !seen.contains(run.key()))
        .filter(run -> !clock.instant().isBefore(notBefore.getOrDefault(run.key(), Instant.MIN)))
        .forEach(
            run -> {
              notBefore.put(run.key(), clock.instant().plus(AGAIN));
              if (isolated("looking at rollback " + run.key(), () -> follow(run))) {
                seen.add(run.key());
                notBefore.remove(run.key());
              }
            });
  }

  /** What fails holds nothing else up. */
  private static boolean isolated(String what, Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      LOG.error("{} failed; it is tried again", what, e);
      return false;
    }
  }

  /** Each follower is tried, whatever becomes of the others. */
  private void follow(Run run) {
    boolean history =
        run.endedAt().filter(end -> end.isAfter(clock.instant().minus(HISTORY))).isEmpty();
    if (history || !new WentBack(journal).is(run)) {
      return;
    }
    List<String> failed =
        followers.stream()
            .filter(follower -> follower.follows(run, clock.instant()))
            .filter(
                follower -> !isolated("starting " + follower.runbook(), () -> start(run, follower)))
            .map(Followed::runbook)
            .toList();
    if (!failed.isEmpty()) {
      throw new IllegalStateException(failed + " did not start after " + run.key());
    }
  }

  private void start(Run rollback, Followed follower) {
    Map<String, String> facts = new HashMap<>();
    facts.put(ROLLBACK_RUN, rollback.key().value());
    facts.put("rollbackEndedAt", rollback.endedAt().orElseThrow().toString());
    asked(rollback.key(), "incidentId").ifPresent(id -> facts.put("incidentId", id));
    Run started =
        runs.start(
                new Runs.Request(
                    rollback.key().followedBy(follower.ending()),
                    follower.runbook(),
                    rollback.plan(),
                    rollback.requestedBy(),
                    false,
                    facts))
            .run();
    if (!started.runbook().equals(follower.runbook()) || isAboutAnother(started, rollback)) {
      throw new IllegalStateException(
          "%s should follow %s, but its key %s is that of another run; start it under another key"
              .formatted(follower.runbook(), rollback.key(), started.key()));
    }
  }

  private boolean isAboutAnother(Run started, Run rollback) {
    return asked(started.key(), ROLLBACK_RUN)
        .filter(about -> !about.equals(rollback.key().value()))
        .isPresent();
  }

  private Optional<String> asked(RunKey run, String fact) {
    return journal
        .newestMilestone(run, "RUN_REQUESTED")
        .map(JournalEntry::evidence)
        .map(any -> any instanceof Milestone asked ? asked.facts().get(fact) : null);
  }
}
