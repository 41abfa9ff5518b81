package dev.repli.comparison;

import java.time.Instant;

/**
 * Who works at a comparison, where several Repli share one database, and until when somebody wants
 * it. Every call is committed when it returns. Times are of the clocks of those Repli, so these may
 * differ by a few seconds at most.
 */
public interface ComparisonClaims {
  /**
   * Takes a comparison that nobody works at; of several at the same moment one gets it.
   *
   * @param owner of this life of this Repli only, never used again after a restart
   * @param deadBefore whoever gave no sign since then is dead
   * @return whether it is the owner's now, also when it was before
   */
  boolean take(ComparisonId id, String owner, Instant now, Instant deadBefore);

  /** The owner gives a sign of life. */
  void beat(ComparisonId id, String owner, Instant now);

  /** Somebody, whoever works at it, waits for a comparison that was taken before. */
  void want(ComparisonId id, Instant until);

  /** Whether to go on: it is still the owner's and somebody still waits for it. */
  boolean goesOn(ComparisonId id, String owner, Instant now);

  /** The owner works at it no more. */
  void release(ComparisonId id, String owner);
}
