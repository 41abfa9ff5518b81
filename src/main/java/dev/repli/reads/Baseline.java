package dev.repli.reads;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What reads through one route were like before the first step.
 *
 * @param failedShare share of the reads that failed, 0 to 1
 */
record Baseline(Latency latency, double failedShare) {
  private static final String BETWEEN = " ";

  static Baseline of(ReadWindow window) {
    return new Baseline(window.answered(), window.failedShare());
  }

  /** As kept with the run: count, percentiles in microseconds, share of failures. */
  String text() {
    return String.join(
        BETWEEN,
        List.of(
            Integer.toString(latency.count()),
            micros(latency.p50()),
            micros(latency.p95()),
            micros(latency.p99()),
            Double.toString(failedShare)));
  }

  /**
   * Reads {@link #text} back.
   *
   * @throws NumberFormatException when it is not that
   */
  static Baseline parse(String text) {
    String[] parts = text.split(BETWEEN, -1);
    if (parts.length != 5) {
      throw new NumberFormatException("no baseline: " + Arrays.toString(parts));
    }
    return new Baseline(
        new Latency(
            Integer.parseInt(parts[0]), micros(parts[1]), micros(parts[2]), micros(parts[3])),
        Double.parseDouble(parts[4]));
  }

  private static String micros(Duration duration) {
    return Long.toString(duration.toNanos() / 1000);
  }

  private static Duration micros(String text) {
    return Duration.ofNanos(Long.parseLong(text) * 1000);
  }
}
