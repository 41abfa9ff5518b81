package dev.repli.cutover.process;

/** Errors and messages that the cutover models throw and catch. */
final class CutoverErrors {
  /** A person decided against the cutover. */
  static final String NO_GO = "NoGo";

  /** Long writes did not end, or the way back was lost while waiting. */
  static final String NOT_DRAINED = "NotDrained";

  /** A rollback moved the writer while the cutover was watched. */
  static final String WRITER_WENT_BACK = "WriterWentBack";

  /** Answers that leave the runbook. */
  static final String GO_BACK = "GoBack";

  static final String CONTINGENCY_PLAN = "ContingencyPlan";

  /** Message that interrupts a run before the point of no return. */
  static final String ABORT_REQUESTED = "AbortRequested";

  private CutoverErrors() {}
}
