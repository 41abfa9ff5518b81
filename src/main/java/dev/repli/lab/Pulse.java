package dev.repli.lab;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a client sees of its last writes, as an application's own monitoring would. */
final class Pulse {
  /** Kept so long. */
  static final Duration WINDOW = Duration.ofSeconds(5);

  private final Deque<Beat> beats = new ArrayDeque<>();

  private record Beat(long ended, long took, boolean acknowledged) {}

  /**
   * How it was over the window.
   *
   * @param writes all that ended, whatever came of them
   * @param latencyP95 of the acknowledged writes, 95 in 100 took at most this; zero without any
   * @param errorRate share of the writes that were not acknowledged, from 0 to 1
   */
  record Rate(int writes, Duration latencyP95, double errorRate) {}

  /** One write ended; nanoseconds of one monotonic clock. */
  synchronized void beat(long begun, long ended, boolean acknowledged) {
    beats.addLast(new Beat(ended, ended - begun, acknowledged));
    forget(ended);
  }

  synchronized Rate rate(long now) {
    forget(now);
    long[] took =
        beats.stream().filter(Beat::acknowledged).mapToLong(Beat::took).sorted().toArray();
    Duration p95 =
        took.length == 0
            ? Duration.ZERO
            : Duration.ofNanos(took[(int) Math.ceil(took.length * 0.95) - 1]);
    double failed = beats.isEmpty() ? 0 : 1 - (double) took.length / beats.size();
    return new Rate(beats.size(), p95, failed);
  }

  private void forget(long now) {
    while (!beats.isEmpty() && now - beats.getFirst().ended() > WINDOW.toNanos()) {
      beats.removeFirst();
    }
  }
}
