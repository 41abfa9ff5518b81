package dev.repli.writerswitch;

/** What a phase came to. */
public sealed interface PhaseResult {
  /** The next phase may begin. */
  record Done() implements PhaseResult {}

  /** It cannot go on like this; before the point of no return everything is undone. */
  record Failed(String reason) implements PhaseResult {}

  /** A person asked to stop, in time. */
  record Aborted(String reason) implements PhaseResult {}

  PhaseResult DONE = new Done();
}
