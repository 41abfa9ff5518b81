package dev.repli.writerswitch;

/** What preparing a switch found. Only {@link Ready} may go on to arm. */
public sealed interface Preparation {
  /** Nothing was begun before, every connection is open, nothing speaks against it. */
  record Ready() implements Preparation {}

  /** Something speaks against it; nothing was changed. */
  record Refused(String reason) implements Preparation {}

  /** A person asked to stop before anything was begun. */
  record Aborted(String reason) implements Preparation {}

  /**
   * An earlier attempt of this switch stopped before the point of no return: undo it.
   *
   * @param abortRequested whether a person asked to stop meanwhile
   */
  record Interrupted(String reason, boolean abortRequested) implements Preparation {}

  /** An earlier attempt of this switch passed the point of no return: finish it. */
  record Forward(String reason) implements Preparation {}

  /** This switch has ended already; its outcome is in the journal. */
  record Ended(SwitchOutcome outcome, String reason) implements Preparation {}

  /** An earlier attempt has to be finished, but what that needs cannot be reached. */
  record Held(String reason) implements Preparation {}
}
