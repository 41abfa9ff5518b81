package dev.repli.communication;

import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what was said long ago, always all of a run: what is left of a story would be read as
 * something else. The cursor of the run's journal stays, so nothing of it is said again.
 */
public final class PruneMessages {
  private static final Logger LOG = LoggerFactory.getLogger(PruneMessages.class);

  /** Many more than a plan has open or shows at any time, so the others are always reached. */
  private static final int RUNS = 1_000;

  private final Plans plans;
  private final Runs runs;
  private final Outbox outbox;
  private final OldMessages old;
  private final Duration kept;
  private final Clock clock;

  /**
   * @param kept how long a message is kept after the last one of its run
   */
  PruneMessages(
      Plans plans, Runs runs, Outbox outbox, OldMessages old, Duration kept, Clock clock) {
    if (kept.compareTo(Duration.ofDays(7)) < 0) {
      throw new IllegalArgumentException(
          "repli.messages.kept has to be 7d or more, not "
              + kept
              + ": the messages of a run are part of its post-mortem");
    }
    this.plans = plans;
    this.runs = runs;
    this.outbox = outbox;
    this.old = old;
    this.kept = kept;
    this.clock = clock;
  }

  /** One round. */
  public void tick() {
    Instant before = clock.instant().minus(kept);
    List<String> silent = old.silentSince(before, RUNS);
    if (silent.isEmpty()) {
      return;
    }
    Set<String> needed = needed();
    int messages = 0;
    for (String run : silent) {
      if (!needed.contains(run) && hasEnded(run)) {
        messages += old.forget(run, before);
      }
    }
    if (messages > 0) {
      LOG.info("{} messages of runs that were silent since {} are forgotten", messages, before);
    }
  }

  /** What the status page shows, and what it takes for going on. */
  private Set<String> needed() {
    Set<String> needed = new HashSet<>();
    for (Plan plan : plans.all()) {
      outbox.shown(plan.id(), Outbox.SHOWN).forEach(message -> needed.add(message.run()));
      outbox.turning(plan.id()).stream()
          .filter(message -> message.moment().opens())
          .forEach(message -> needed.add(message.run()));
    }
    return needed;
  }

  private boolean hasEnded(String run) {
    return runs.find(new RunKey(run)).map(any -> any.endedAt().isPresent()).orElse(true);
  }
}
