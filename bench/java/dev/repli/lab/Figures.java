package dev.repli.lab;

import java.util.List;

/** Measured times, in milliseconds. */
final class Figures {
  private final double[] sorted;

  private Figures(double[] sorted) {
    this.sorted = sorted;
  }

  static Figures ofNanos(List<Long> nanos) {
    return new Figures(nanos.stream().mapToDouble(n -> n / 1e6).sorted().toArray());
  }

  /** The value that a share of all does not exceed; 0.5 is the median. */
  double at(double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, index)];
  }

  @Override
  public String toString() {
    return "p50 %.2f, p95 %.2f, max %.2f ms (n=%d)"
        .formatted(at(0.5), at(0.95), sorted[sorted.length - 1], sorted.length);
  }
}
