package dev.repli.writerswitch;

/** Names of the milestones that the decision after a crash reads from the journal. */
public final class SwitchMilestones {
  /** Command was taken on both nodes; its sequence number is the epoch. */
  public static final String COMMAND_TAKEN = "COMMAND_TAKEN";

  /** The intent: from here on nodes and routes may be changed. */
  public static final String ARMED = "SWITCH_ARMED";

  /** From here on the switch only goes forward. */
  public static final String POINT_OF_NO_RETURN = "POINT_OF_NO_RETURN";

  /** Nothing more to decide; fact {@link #OUTCOME} says how it ended. */
  public static final String ENDED = "SWITCH_ENDED";

  /** A person asked to stop. */
  public static final String ABORT_REQUESTED = "ABORT_REQUESTED";

  /** People have to finish what Repli could not. */
  public static final String HELD = "HELD_FOR_PEOPLE";

  /** The stream that ended has left changes out: facts {@code abandoned}, {@code deadLettered}. */
  public static final String STREAM_LEFT_OUT = "STREAM_LEFT_OUT";

  /** The proof, as JSON. */
  static final String SWITCH_ID = "switchId";

  static final String OUTCOME = "outcome";
  static final String REASON = "reason";

  private SwitchMilestones() {}
}
