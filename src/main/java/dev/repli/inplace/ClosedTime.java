package dev.repli.inplace;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.JournalEntry;
import dev.repli.rollback.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * How long nobody could write, by Repli's own clock: from right before the fence that held until
 * the routes let work through again. A Repli that was killed meanwhile makes it longer, never
 * shorter.
 */
final class ClosedTime {
  static final String BEGINS = "IN_PLACE_CLOSES";

  /** With {@code outageMs}; also known to what closes the rollback. */
  static final String ENDED = "IN_PLACE_WRITES_AGAIN";

  private ClosedTime() {}

  /** Of a node that still takes writes: an attempt before may have left it open. */
  static void begins(Scene scene) {
    // the time makes each attempt a line of its own
    scene.note(
        new Milestone(
            BEGINS,
            scene.at.node().label() + " gets its fence: writes end",
            Map.of("at", scene.ports.clock.instant().toString())));
  }

  /** Says nothing of a node that refused writes before, for whatever reason. */
  static void ended(Scene scene) {
    Optional<Instant> since =
        scene.journal().newestMilestone(scene.run(), BEGINS).map(JournalEntry::at);
    if (since.isEmpty() || scene.journal().newestMilestone(scene.run(), ENDED).isPresent()) {
      return;
    }
    Duration outage = Duration.between(since.get(), scene.ports.clock.instant());
    scene.note(
        new Milestone(
            ENDED,
            "%s: nobody could write for at most %s, since %s"
                .formatted(
                    scene.at.node().label(),
                    Words.of(outage),
                    since.get().truncatedTo(ChronoUnit.SECONDS)),
            Map.of("outageMs", String.valueOf(outage.toMillis()))));
  }
}
