package dev.repli.comparison;

import java.time.Duration;

/**
 * How gently a comparison works.
 *
 * @param checksums whether tables may be read at once by {@code CHECKSUM TABLE} first, where that
 *     is comparable
 * @param chunkTime the size of chunks follows from how many rows a node reads in this time
 * @param lag when the other node needs longer than this to reach a position, the comparison waits
 *     until it does not any more
 * @param patience how long it waits for that before it gives up, undecided
 * @param lockHeld longest time in which rows that seem to differ are kept from changing
 * @param rounds how often such rows are looked at again before they count as undecided
 * @param listed differences that are listed per table; the table is not read any further then
 */
public record ComparisonLimits(
    boolean checksums,
    Duration chunkTime,
    Duration lag,
    Duration patience,
    Duration lockHeld,
    int rounds,
    int listed) {
  public static final ComparisonLimits DEFAULT =
      new ComparisonLimits(
          true,
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Duration.ofMinutes(2),
          Duration.ofSeconds(1),
          5,
          1000);
}
