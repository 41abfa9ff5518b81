package dev.repli.reversibility;

import java.time.Duration;
import java.util.Optional;

/**
 * Numbers that were measured of a way back, for the decision table; each empty when nobody knows.
 *
 * @param deltaTransactions that have to be carried over
 * @param backupAge of the newest proved backup
 */
public record WayFacts(Optional<Long> deltaTransactions, Optional<Duration> backupAge) {
  public static final WayFacts NONE = new WayFacts(Optional.empty(), Optional.empty());
}
