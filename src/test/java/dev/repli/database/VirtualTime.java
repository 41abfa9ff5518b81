package dev.repli.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that stands still until it is told to go on; what is due then happens in order. */
public final class VirtualTime extends Clock {
  private final List<Due> due = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private record Due(Instant at, Runnable what) {}

  /** Lets time pass; what falls due on the way sees the time at which it was due. */
  public void advance(Duration by) {
    Instant end = now.plus(by);
    while (true) {
      Due next =
          due.stream()
              .filter(d -> !d.at.isAfter(end))
              .min(Comparator.comparing(Due::at))
              .orElse(null);
      if (next == null) {
        break;
      }
      due.remove(next);
      now = next.at.isAfter(now) ? next.at : now;
      next.what.run();
    }
    now = end;
  }

  public void at(Instant when, Runnable what) {
    due.add(new Due(when, what));
  }

  @Override
  public Instant instant() {
    return now;
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
