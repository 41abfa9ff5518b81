package dev.repli.criteria;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** A wall clock that can be set, beside a monotonic one that cannot. */
public final class TwoClocks extends Clock {
  private Instant wall;
  private long nanos;

  public TwoClocks(Instant start) {
    wall = start;
  }

  /** Time passes. */
  public void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }

  /** Somebody sets the wall clock. */
  public void jump(Duration by) {
    wall = wall.plus(by);
  }

  /** The process starts anew: its monotonic clock begins somewhere else. */
  public void restart() {
    nanos = 42;
  }

  public LongSupplier monotonic() {
    return () -> nanos;
  }

  @Override
  public Instant instant() {
    return wall;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
