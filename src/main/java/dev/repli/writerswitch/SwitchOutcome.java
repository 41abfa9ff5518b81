package dev.repli.writerswitch;

/** How a switch ended. */
public enum SwitchOutcome {
  /** The writer moved, verified. */
  MOVED,
  /** The old writer accepts writes again, verified. */
  UNDONE,
  /** Undone because a person asked. */
  ABORTED,
  /** Never begun. */
  REFUSED
}
