package dev.repli.delta.conflict;

/** Lets decisions in where the node's fence refuses even those, before one is written. */
@FunctionalInterface
public interface Admission {
  /** Every node takes what imports write. */
  Admission NOT_NEEDED = about -> {};

  /**
   * Changes nothing where nothing is in the way. Repeatable.
   *
   * @throws dev.repli.database.NodeException when the node does not answer, or its fence has to
   *     stay as it is; the message says why and what to do
   */
  void to(ConflictCase about);
}
