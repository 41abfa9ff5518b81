package dev.repli.watch.process;

/** Messages that the model of the watch catches. */
final class WatchErrors {
  /** Message that ends a watch early. */
  static final String ABORT_REQUESTED = "AbortRequested";

  private WatchErrors() {}
}
