package dev.repli.inplace.process;

/** Errors that the models of going back in place throw and catch. */
final class InPlaceErrors {
  /** People saw what would be done, and chose not to go back; nothing was touched. */
  static final String ROLLBACK_CANCELLED = "RollbackCancelled";

  /** People chose to undo after a failed step. */
  static final String GO_BACK = "GoBack";

  private InPlaceErrors() {}
}
