package dev.repli.plan;

import java.time.Duration;
import java.util.List;

/**
 * Expected durations of the six rollback steps, after which the run is marked late, and the steps
 * that people may skip.
 *
 * @param skippable ids of steps, for example {@code verification}
 */
public record StepLimits(
    Duration assessment,
    Duration announcement,
    Duration execution,
    Duration verification,
    Duration validation,
    Duration closing,
    List<String> skippable) {
  public StepLimits {
    skippable = List.copyOf(skippable);
  }
}
