package dev.repli.longwork;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far one work of a run is.
 *
 * @param work its name
 * @param token grows with each Repli that takes the work; only the newest may act
 * @param node which Repli does it, or did it last
 * @param beatAt last sign of life
 * @param text why it failed; empty otherwise
 */
public record WorkProgress(
    String work,
    long token,
    String node,
    State state,
    Amount amount,
    Instant begunAt,
    Instant beatAt,
    String text) {

  /** Where it stands. */
  public enum State {
    RUNNING,
    DONE,
    FAILED,
    /** Ended before its end: the run was aborted, or its Repli was stopped. */
    CANCELLED
  }

  /**
   * Done of all.
   *
   * @param of 0 while unknown
   * @param unit for people; where nothing can be counted what is being done. Longer ones are cut: a
   *     sign of life must not be lost for them
   */
  public record Amount(long done, long of, String unit) {
    private static final int LONGEST_UNIT = 20;

    public Amount {
      unit = unit.length() <= LONGEST_UNIT ? unit : unit.substring(0, LONGEST_UNIT);
    }

    /** Nobody knows yet. */
    public static final Amount UNKNOWN = new Amount(0, 0, "");

    /** 0 to 100; empty while unknown. */
    public Optional<Integer> percent() {
      return of <= 0
          ? Optional.empty()
          : Optional.of((int) (100 * Math.min(1.0, (double) done / of)));
    }
  }

  /** How much was done in a second on average; empty while nobody can tell. */
  public Optional<Double> perSecond() {
    long millis = Duration.between(begunAt, beatAt).toMillis();
    return amount.done() <= 0 || millis <= 0
        ? Optional.empty()
        : Optional.of(amount.done() * 1000.0 / millis);
  }

  /** By what was done so far; empty while nobody can tell, or it does not run. */
  public Optional<Duration> remaining() {
    if (state != State.RUNNING || amount.of() <= 0 || amount.done() <= 0) {
      return Optional.empty();
    }
    double open = Math.max(0.0, (double) (amount.of() - amount.done()) / amount.done());
    long millis = Duration.between(begunAt, beatAt).toMillis();
    return Optional.of(Duration.ofMillis((long) (millis * open)));
  }
}
