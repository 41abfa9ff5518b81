package dev.repli.communication;

/**
 * How the end of a run is told whose journal has not told it.
 *
 * @param told false when another run has told it: then it only closes what this one opened
 */
record Ending(Moment moment, boolean told) {
  private static final String ROLLED_BACK = "Rolled back to source";
  private static final String NORMAL = "Normal operation";

  /**
   * @param opened what the run began with
   * @param result business result of its end event
   */
  static Ending of(Moment opened, String result) {
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
