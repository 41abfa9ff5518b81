package dev.repli.watch.process;

/** Messages and errors that the model of the watch catches. */
final class WatchErrors {
  /** Message that ends a watch early. */
  static final String ABORT_REQUESTED = "AbortRequested";

  /** People take over: the watch could not look, and nobody wants it to try again. */
  static final String CONTINGENCY_PLAN = "ContingencyPlan";

  private WatchErrors() {}
}
