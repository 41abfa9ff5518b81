package dev.repli.route;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Repeats a look until it shows what is wanted, for a bounded time. The first look comes at once,
 * and one more is made after the time is up, so that a frozen process does not give up on an act
 * that worked.
 *
 * @param nanoTime a clock that never goes back
 * @param pause what to do between two looks
 */
public record ReadBack(LongSupplier nanoTime, Runnable pause) {
  /** The machine's clock, half a millisecond between looks: far below what clients notice. */
  public static ReadBack everyHalfMillisecond() {
    return new ReadBack(System::nanoTime, () -> LockSupport.parkNanos(500_000));
  }

  /** Whether it was seen. */
  public boolean within(Duration atMost, BooleanSupplier seen) {
    long end = nanoTime.getAsLong() + atMost.toNanos();
    boolean last = false;
    while (!seen.getAsBoolean()) {
      if (last || Thread.currentThread().isInterrupted()) {
        return false;
      }
      pause.run();
      last = nanoTime.getAsLong() - end >= 0;
    }
    return true;
  }
}
