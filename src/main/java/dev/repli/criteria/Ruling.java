package dev.repli.criteria;

import java.time.Duration;

/**
 * What one rule says.
 *
 * @param grace how long people may try before it counts
 */
public record Ruling(Outcome outcome, Severity severity, Duration grace) {
  /** When no rule knows what to say: a person has to. */
  public static final Ruling ASK = new Ruling(Outcome.INCONCLUSIVE, Severity.HIGH, Duration.ZERO);

  /** From the mildest to the worst. */
  public enum Outcome {
    CONTINUE,
    WATCH,
    /** Nobody can tell: asks a person and never counts as healthy. */
    INCONCLUSIVE,
    ROLLBACK_RECOMMENDED,
    ROLLBACK_NOW
  }

  /** From the mildest to the worst. */
  public enum Severity {
    NONE,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
  }
}
