package dev.repli.replication.process;

/** Errors and messages that the set-up's model throws and catches. */
final class SetupErrors {
  static final String STEP_FAILED = "SetupStepFailed";

  /** Message that interrupts a run. */
  static final String ABORT_REQUESTED = "AbortRequested";

  private SetupErrors() {}
}
