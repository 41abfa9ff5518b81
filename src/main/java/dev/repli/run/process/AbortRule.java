package dev.repli.run.process;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.run.RunKey;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a run can still be aborted. The request is written first and the switch looked at second;
 * the switch writes each of its milestones only unless a request stands before it. So either the
 * switch sees the request, or the request sees the switch: both cannot miss each other.
 */
final class AbortRule {
  static final String ABORT_REQUESTED = "ABORT_REQUESTED";
  static final String SWITCH_ARMED = "SWITCH_ARMED";
  static final String POINT_OF_NO_RETURN = "POINT_OF_NO_RETURN";
  static final String SWITCH_ENDED = "SWITCH_ENDED";

  /** Written by going back in place unless a request stands before it. */
  static final String VERSION_SWITCHES = "IN_PLACE_VERSION_SWITCHES";

  private final Journal journal;

  AbortRule(Journal journal) {
    this.journal = journal;
  }

  /** What the switch is doing at the moment of the request. */
  enum Switch {
    /** None was begun, or it was undone: the runbook is interrupted. */
    IDLE,
    /** It is running and will undo itself. */
    RUNNING,
    /** The new writer has the writes, or is about to. */
    TOO_LATE,
    /** A release before takes the place of a newer one on its machine. */
    VERSION_SWITCHES
  }

  /** Writes the request, then looks. */
  Switch request(RunKey run, String by, String reason) {
    journal.append(
        run,
        new Milestone(
            ABORT_REQUESTED,
            "Abort requested by " + by + ": " + reason,
            Map.of("by", by, "reason", reason)));
    return look(run);
  }

  private Switch look(RunKey run) {
    if (!name(run, VERSION_SWITCHES).isEmpty()) {
      return Switch.VERSION_SWITCHES;
    }
    String newest = name(run, SWITCH_ARMED, POINT_OF_NO_RETURN, SWITCH_ENDED);
    return switch (newest) {
      case SWITCH_ARMED -> Switch.RUNNING;
      case POINT_OF_NO_RETURN -> Switch.TOO_LATE;
      case SWITCH_ENDED ->
          name(run, SWITCH_ARMED, POINT_OF_NO_RETURN).equals(POINT_OF_NO_RETURN)
              ? Switch.TOO_LATE
              : Switch.IDLE;
      default -> Switch.IDLE;
    };
  }

  private String name(RunKey run, String... names) {
    Optional<JournalEntry> newest = journal.newestMilestone(run, names);
    return newest
        .map(JournalEntry::evidence)
        .map(evidence -> evidence instanceof Milestone milestone ? milestone.name() : "")
        .orElse("");
  }
}
