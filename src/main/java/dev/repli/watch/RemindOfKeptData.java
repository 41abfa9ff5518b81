package dev.repli.watch;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rollback keeps the data of before until a time that it names, and nobody looks at the clock for
 * a week: says so before the time is over, and when it is. Deletes nothing. What was said stands in
 * the journal of the rollback, so each is said once, whatever restarts in between.
 */
final class RemindOfKeptData {
  static final String ENDS = "KEPT_DATA_ENDS";
  static final String OVER = "KEPT_DATA_OVER";

  private static final Logger LOG = LoggerFactory.getLogger(RemindOfKeptData.class);
  private static final String ROLLBACK = "RollbackProcess";
  private static final String[] KEPT = {"IN_PLACE_OPENED", "TARGET_KEPT"};
  private static final Duration LONGEST_NOTICE = Duration.ofDays(1);

  /** More rollbacks of one plan do not keep something at the same time. */
  private static final int RECENT = 50;

  /** What ended longer ago is history: Repli was installed or back too late. */
  private static final Duration HISTORY = Duration.ofDays(7);

  private final Plans plans;
  private final Runs runs;
  private final Journal journal;
  private final Clock clock;

  /** Rollbacks of which nothing is left to say. */
  private final Set<RunKey> done = new HashSet<>();

  RemindOfKeptData(Plans plans, Runs runs, Journal journal, Clock clock) {
    this.plans = plans;
    this.runs = runs;
    this.journal = journal;
    this.clock = clock;
  }

  /** Looks once. Not for use by several threads. */
  void tick() {
    for (Plan plan : plans.all()) {
      runs.newestReal(plan.id(), ROLLBACK, RECENT).stream()
          .filter(run -> run.endedAt().isPresent() && !done.contains(run.key()))
          .forEach(this::attempt);
    }
  }

  /** What fails for one holds no other one up. */
  private void attempt(Run run) {
    try {
      if (look(run.key())) {
        done.add(run.key());
      }
    } catch (RuntimeException e) {
      LOG.error("looking at what {} keeps failed; it is tried again", run.key(), e);
    }
  }

  /** Whether nothing is left to say of it. */
  private boolean look(RunKey run) {
    Optional<JournalEntry> kept = journal.newestMilestone(run, KEPT);
    Optional<Instant> until = kept.flatMap(RemindOfKeptData::until);
    if (kept.isEmpty() || until.isEmpty()) {
      return true;
    }
    Instant now = clock.instant();
    Instant end = until.get();
    if (now.isAfter(end.plus(HISTORY))) {
      return true;
    }
    if (!now.isBefore(end)) {
      say(run, kept.get(), OVER, "kept-data-over", Set.of(OVER));
      return true;
    }
    if (!now.isBefore(end.minus(notice(kept.get().at(), end)))) {
      say(run, kept.get(), ENDS, "kept-data-ends", Set.of(ENDS, OVER));
    }
    return false;
  }

  private static Duration notice(Instant since, Instant until) {
    Duration tenth = Duration.between(since, until).dividedBy(10);
    return tenth.compareTo(LONGEST_NOTICE) < 0 ? tenth : LONGEST_NOTICE;
  }

  private static Optional<Instant> until(JournalEntry kept) {
    try {
      return fact(kept, "until").map(Instant::parse);
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  private static Optional<String> fact(JournalEntry entry, String name) {
    return entry.evidence() instanceof Milestone milestone
        ? Optional.ofNullable(milestone.facts().get(name))
        : Optional.empty();
  }

  private void say(RunKey run, JournalEntry kept, String name, String message, Set<String> unless) {
    String what = kept.evidence() instanceof Milestone milestone ? milestone.text() : "";
    try (Journal.Session session = journal.open(run)) {
      var unused =
          session.appendUnless(
              new Milestone(
                  name,
                  "%s: %s".formatted(run, what),
                  Map.of("message", message, "until", fact(kept, "until").orElse(""))),
              unless,
              kept.seq());
    }
  }
}
