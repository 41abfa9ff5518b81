package dev.repli.logical.process;

/** Errors that the models of the way back with a delta throw. */
final class LogicalErrors {
  /** People chose not to go back when they saw the delta; nothing was moved. */
  static final String ROLLBACK_CANCELLED = "RollbackCancelled";

  private LogicalErrors() {}
}
