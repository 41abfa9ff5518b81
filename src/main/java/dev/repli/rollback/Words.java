package dev.repli.rollback;

import java.time.Duration;

/** Durations for people. */
public final class Words {
  public static String of(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + " ms";
    }
    if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
      return duration.toSeconds() + " s";
    }
    return duration.toMinutes() + " min";
  }

  private Words() {}
}
