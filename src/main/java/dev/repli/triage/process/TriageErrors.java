package dev.repli.triage.process;

/** Messages that the triage models catch. */
final class TriageErrors {
  /** Message that ends a triage; a rollback that it started is a run of its own and goes on. */
  static final String ABORT_REQUESTED = "AbortRequested";

  private TriageErrors() {}
}
