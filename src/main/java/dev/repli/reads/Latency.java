package dev.repli.reads;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Percentiles of durations; all zero when there was none. */
public record Latency(int count, Duration p50, Duration p95, Duration p99) {
  private static final double NANOS = 1e6;

  public static Latency of(List<Duration> durations) {
    List<Duration> sorted = durations.stream().sorted().toList();
    return new Latency(sorted.size(), at(sorted, 50), at(sorted, 95), at(sorted, 99));
  }

  /** The smallest duration that so many percent do not exceed. */
  private static Duration at(List<Duration> sorted, int percent) {
    if (sorted.isEmpty()) {
      return Duration.ZERO;
    }
    long rank = Math.max(1, (sorted.size() * (long) percent + 99) / 100);
    return sorted.get(Math.toIntExact(rank - 1));
  }

  /** For people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d reads, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms",
        count,
        p50.toNanos() / NANOS,
        p95.toNanos() / NANOS,
        p99.toNanos() / NANOS);
  }
}
