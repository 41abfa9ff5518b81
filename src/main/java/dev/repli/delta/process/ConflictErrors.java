package dev.repli.delta.process;

/** Errors that the conflicts' model catches. */
final class ConflictErrors {
  /** The node does not answer, or the sums do not add up. */
  static final String CONFLICT_NODE_FAILED = "ConflictNodeFailed";

  private ConflictErrors() {}
}
