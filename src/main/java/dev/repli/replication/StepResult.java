package dev.repli.replication;

/** Outcome of one look at a step. */
public sealed interface StepResult {
  /** It is done, and was read back. */
  record Done(String text) implements StepResult {}

  /** It goes on; look again in a while. */
  record GoesOn(String progress) implements StepResult {}

  /** People have to mend something. */
  record Failed(SetupStep step, String why) implements StepResult {}
}
