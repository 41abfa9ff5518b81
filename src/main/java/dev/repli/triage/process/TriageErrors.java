package dev.repli.triage.process;

/** Messages and errors that the triage models catch. */
final class TriageErrors {
  /** Message that ends a triage; a rollback that it started is a run of its own and goes on. */
  static final String ABORT_REQUESTED = "AbortRequested";

  /** What was put off until office hours became worse, or something else was reported. */
  static final String CANNOT_WAIT = "CANNOT_WAIT";

  private TriageErrors() {}
}
