package dev.repli.postmortem;

import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a cutover came to go back, as its journal says.
 *
 * @param opened when the target took the writes
 * @param noticed first bad look of those in a row before the decision
 * @param decided the last answer of a person that it goes back
 */
record GoingBack(Optional<Instant> opened, Optional<Instant> noticed, Optional<Instant> decided) {
  private static final String MOVED = "POINT_OF_NO_RETURN";

  /** Also when it was approved afterwards: before that nothing goes back. */
  private static final Set<String> YES = Set.of("GO_BACK", "approve");

  /** What is bad in front of the cutover itself is mended or undone. */
  static GoingBack of(List<JournalEntry> cutover) {
    Optional<Instant> opened = Optional.empty();
    Optional<Instant> noticed = Optional.empty();
    Optional<Instant> decided = Optional.empty();
    boolean bad = false;
    for (JournalEntry entry : cutover) {
      if (isOnTheWay(entry)) {
        break;
      } else if (entry.evidence() instanceof Milestone moved && moved.name().equals(MOVED)) {
        if (opened.isPresent()) {
          break;
        }
        opened = Optional.of(entry.at());
        bad = false;
      } else if (opened.isPresent()) {
        bad = bad || isBad(entry);
        if (looked(entry)) {
          noticed = bad ? noticed.or(() -> Optional.of(entry.at())) : Optional.empty();
          bad = false;
        }
        if (entry.evidence() instanceof Decided answer && YES.contains(answer.answer())) {
          decided = Optional.of(entry.at());
        }
      }
    }
    return new GoingBack(opened, noticed, decided);
  }

  /** What is looked at from then on is no look of the watch. */
  private static boolean isOnTheWay(JournalEntry entry) {
    return entry.evidence() instanceof Milestone begun
        && begun.name().equals("STEP_BEGUN")
        && "return".equals(begun.facts().get("step"));
  }

  private static boolean isBad(JournalEntry entry) {
    return entry.evidence() instanceof Measured seen && seen.unit().equals("BAD");
  }

  private static boolean looked(JournalEntry entry) {
    return entry.evidence() instanceof Milestone end && end.name().equals("STEP_LOOKED");
  }
}
