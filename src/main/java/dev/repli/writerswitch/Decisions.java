package dev.repli.writerswitch;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the journal says of a switch, and the milestones that say it. */
final class Decisions {
  private Decisions() {}

  static Milestone milestone(
      SwitchRequest request, String name, String text, Map<String, String> facts) {
    Map<String, String> all = new HashMap<>(facts);
    all.put(SwitchMilestones.SWITCH_ID, request.switchId());
    all.put("from", request.direction().from().name());
    all.put("to", request.direction().to().name());
    return new Milestone(name, text, all);
  }

  /** The newest line about this switch that decides, if it was ever begun. */
  static Optional<Milestone> newest(Journal.Session journal, SwitchRequest request) {
    return journal
        .newestMilestone(
            SwitchMilestones.ARMED, SwitchMilestones.POINT_OF_NO_RETURN, SwitchMilestones.ENDED)
        .map(Decisions::milestone)
        .filter(
            milestone ->
                request.switchId().equals(milestone.facts().get(SwitchMilestones.SWITCH_ID)));
  }

  static boolean passedPointOfNoReturn(SwitchAttempt attempt) {
    return newest(attempt.journal, attempt.request)
        .filter(milestone -> milestone.name().equals(SwitchMilestones.POINT_OF_NO_RETURN))
        .isPresent();
  }

  /**
   * A request to stop is about the switch that is under way, not about one that ended before it.
   */
  static long abortsCountAfter(Journal.Session journal) {
    return journal.newestMilestone(SwitchMilestones.ENDED).map(JournalEntry::seq).orElse(0L);
  }

  static Milestone milestone(JournalEntry entry) {
    return (Milestone) entry.evidence();
  }

  /** A commander that was replaced does not say how the switch ended: its successor does. */
  static void end(SwitchAttempt attempt, SwitchOutcome outcome, String reason) {
    Milestone ended =
        milestone(
            attempt.request,
            SwitchMilestones.ENDED,
            switch (outcome) {
              case MOVED -> "The writer is " + attempt.request.newWriter().label();
              case UNDONE, ABORTED ->
                  "The writer is " + attempt.request.oldWriter().label() + " as before: " + reason;
              case REFUSED -> "The switch was not begun: " + reason;
            },
            Map.of(SwitchMilestones.OUTCOME, outcome.name(), SwitchMilestones.REASON, reason));
    if (attempt.epoch == 0) {
      attempt.journal.append(ended);
    } else {
      var unused =
          attempt.journal.appendUnless(
              ended, List.of(SwitchMilestones.COMMAND_TAKEN), attempt.epoch);
    }
  }
}
