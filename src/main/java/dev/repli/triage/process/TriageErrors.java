package dev.repli.triage.process;

/** Messages and errors that the triage models catch. */
final class TriageErrors {
  /** Message that ends a triage; a rollback that it started is a run of its own and goes on. */
  static final String ABORT_REQUESTED = "AbortRequested";

  /** What was put off until office hours became worse, or something else was reported. */
  static final String CANNOT_WAIT = "CANNOT_WAIT";

  /** A step failed at its last try; the variables say what people are asked. */
  static final String STEP_FAILED = "StepFailed";

  /** People take over: a step failed, and nobody wants it to be tried again. */
  static final String CONTINGENCY_PLAN = "ContingencyPlan";

  private TriageErrors() {}
}
