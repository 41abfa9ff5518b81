package dev.repli.rollback.process;

/** Errors and messages that the rollback models throw and catch. */
final class RollbackErrors {
  /** A person decided against the rollback. */
  static final String NO_GO = "NoGo";

  static final String ROLLBACK_REJECTED = "RollbackRejected";
  static final String SWITCH_ABORTED = "SwitchAborted";

  /** People saw what a way back would bring over, and chose not to go it. */
  static final String ROLLBACK_CANCELLED = "RollbackCancelled";

  /** Answers to a failed step that leave the runbook. */
  static final String GO_BACK = "GoBack";

  static final String CONTINGENCY_PLAN = "ContingencyPlan";

  /** Message that interrupts a run before the point of no return. */
  static final String ABORT_REQUESTED = "AbortRequested";

  private RollbackErrors() {}
}
