package dev.repli.writerswitch;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Time left until the old writer re-opens by itself, on a clock that nobody can set. */
final class Lease {
  /**
   * Kept for seal, undo and a slow answer: work that starts inside it could end after the lease.
   */
  private static final Duration RESERVE = Duration.ofMillis(500);

  private final LongSupplier nanoClock;
  private final long endNanos;

  private Lease(LongSupplier nanoClock, long endNanos) {
    this.nanoClock = nanoClock;
    this.endNanos = endNanos;
  }

  static Lease startingNow(Duration length, LongSupplier nanoClock) {
    return new Lease(nanoClock, nanoClock.getAsLong() + length.toNanos());
  }

  /** Never negative. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - nanoClock.getAsLong() - RESERVE.toNanos()));
  }

  boolean isOver() {
    return left().isZero();
  }
}
