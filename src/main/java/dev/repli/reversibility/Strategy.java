package dev.repli.reversibility;

/** How a rollback gets its writer back. */
public enum Strategy {
  /** The source takes over from the target, which replicates to it. */
  REPLICATION("replication"),
  /** The untouched source takes over, and the target's changes are carried over to it. */
  LOGICAL("logical"),
  /** The backup from before the migration is restored on the same machine. */
  IN_PLACE("in-place");

  private final String word;

  Strategy(String word) {
    this.word = word;
  }

  /** As people, metrics and REST say it. */
  public String word() {
    return word;
  }
}
