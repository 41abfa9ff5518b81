package dev.repli.logical.process;

/** Errors that the models of the way back with a delta throw. */
final class LogicalErrors {
  /** People chose not to go back when they saw the delta; nothing was moved. */
  static final String ROLLBACK_CANCELLED = "RollbackCancelled";

  /** Neither source nor import says what became of the delta; people are asked. */
  static final String DELTA_UNREAD = "DeltaUnread";

  private LogicalErrors() {}
}
