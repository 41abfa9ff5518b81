package dev.repli.backup.process;

/** Messages and errors that the model of the proof catches. */
final class BackupProofErrors {
  /** Message that ends a proof early. */
  static final String ABORT_REQUESTED = "AbortRequested";

  /** People take over: the proof could not be made, and nobody wants it to be tried again. */
  static final String CONTINGENCY_PLAN = "ContingencyPlan";

  private BackupProofErrors() {}
}
