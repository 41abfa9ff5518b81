package dev.repli.reads.process;

/** Errors and messages that the models of moving reads throw and catch. */
final class ReadsErrors {
  /** People stopped the run before any read moved. */
  static final String NOT_PREPARED = "ReadsNotPrepared";

  /** Answers that leave the runbook. */
  static final String GO_BACK = "GoBack";

  static final String CONTINGENCY_PLAN = "ContingencyPlan";

  /** Message that interrupts a run at any moment: reads can always go back. */
  static final String ABORT_REQUESTED = "AbortRequested";

  private ReadsErrors() {}
}
