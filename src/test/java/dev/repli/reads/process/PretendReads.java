package dev.repli.reads.process;

import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.reads.ReadProbe;
import dev.repli.reads.ReadSample;
import dev.repli.reads.ReadWindow;
import dev.repli.route.FakeRoute;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads in memory, answered as the route's weights say, unless a test wants it otherwise. */
final class PretendReads implements ReadProbe {
  static final long SOURCE_ID = 1;
  static final long TARGET_ID = 2;
  private static final Duration FAST = Duration.ofMillis(2);

  private final FakeRoute route;
  private final Clock clock;
  private final Map<RunKey, Instant> began = new HashMap<>();
  private Duration targetTakes = FAST;
  private int reads = 200;
  private int failing;
  private int strays;
  private boolean silent;
  private boolean over;

  PretendReads(FakeRoute route, Clock clock) {
    this.route = route;
    this.clock = clock;
  }

  void targetTakes(Duration time) {
    targetTakes = time;
  }

  void reads(int count) {
    reads = count;
  }

  void failing(int count) {
    failing = count;
  }

  /** So many reads are answered by the target beyond its share. */
  void strays(int count) {
    strays = count;
  }

  void silent(boolean yes) {
    silent = yes;
  }

  boolean isOver() {
    return over;
  }

  @Override
  public ReadWindow window(RunKey run, Plan plan, RouteSpec spec, Instant since) {
    Instant start = began.computeIfAbsent(run, key -> clock.instant());
    Instant from = since.isAfter(start) ? since : start;
    return new ReadWindow(from, silent ? List.of() : samples());
  }

  private List<ReadSample> samples() {
    long target = Math.round(reads * route.weights().targetShare() / 100) + strays;
    List<ReadSample> samples = new ArrayList<>();
    for (int number = 0; number < reads; number++) {
      samples.add(
          number < target
              ? new ReadSample(clock.instant(), TARGET_ID, targetTakes, "")
              : new ReadSample(clock.instant(), SOURCE_ID, FAST, ""));
    }
    for (int number = 0; number < failing; number++) {
      samples.add(new ReadSample(clock.instant(), ReadSample.NOBODY, FAST, "refused"));
    }
    return samples;
  }

  @Override
  public void end(RunKey run) {
    over = true;
  }
}
