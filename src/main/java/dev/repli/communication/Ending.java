package dev.repli.communication;

import java.util.Set;

/**
 * How the end of a run is told whose journal has not told it.
 *
 * @param told false when another run has told it: then it only closes what this one opened
 */
record Ending(Moment moment, boolean told) {
  private static final String ROLLED_BACK = "Rolled back to source";
  private static final String NORMAL = "Normal operation";

  /** People go on without Repli: nobody knows yet how it ends. */
  private static final Set<String> LEFT_TO_PEOPLE =
      Set.of("Contingency plan chosen", "Handed to contingency plan", "Triage aborted");

  /**
   * @param opened what the run began with
   * @param result business result of its end event
   * @param triageGoesOn whether a triage of the same plan tells how it goes on
   */
  static Ending of(Moment opened, String result, boolean triageGoesOn) {
    if (LEFT_TO_PEOPLE.contains(result) && !triageGoesOn) {
      return new Ending(Moment.CONTINGENCY, true);
    }
    if (opened != Moment.INCIDENT) {
      return new Ending(Moment.WORK_ENDED, true);
    }
    return switch (result) {
      // the rollback is a run of its own, and its closing message is the end of the incident
      case ROLLED_BACK -> new Ending(Moment.INCIDENT_RESOLVED, false);
      case NORMAL -> new Ending(Moment.INCIDENT_RESOLVED, true);
      default -> new Ending(Moment.INCIDENT_CLOSED, true);
    };
  }
}
