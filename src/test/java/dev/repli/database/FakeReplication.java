package dev.repli.database;

import dev.repli.database.NodeSession.Replication;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replication threads of a {@link FakeNode}: writes of the source arrive after a delay. */
public final class FakeReplication {
  private final FakeNode replica;
  private @Nullable FakeNode source;
  private boolean running;
  private boolean stalled;
  private Duration delay = Duration.ZERO;
  private String error = "";

  FakeReplication(FakeNode replica) {
    this.replica = replica;
  }

  /** Replicates from there from now on. */
  public void from(FakeNode newSource) {
    source = newSource;
    running = true;
    error = "";
  }

  /** Threads say that they run, but nothing arrives any more (or again). */
  public void stall(boolean on) {
    stalled = on;
  }

  /** Writes arrive this much later than they were committed. */
  public void delay(Duration by) {
    delay = by;
  }

  /** The applier stops with this error. */
  public void breakWith(String text) {
    error = text;
    running = false;
  }

  public boolean running() {
    return running;
  }

  public boolean configured() {
    return source != null;
  }

  void stop() {
    pull();
    running = false;
  }

  /** Goes on with what is set up; an error that stopped it stops it again. */
  void start() {
    running = configured() && error.isEmpty();
  }

  void reset() {
    source = null;
    running = false;
  }

  boolean sourceHasProbe() {
    return source != null && source.probePrepared();
  }

  /** Brings what has arrived by now. */
  void pull() {
    FakeNode from = source;
    if (from == null || !running || stalled || replica.down() || from == replica) {
      return;
    }
    for (FakeNode.Write write : from.history()) {
      boolean arrived = !write.at().plus(delay).isAfter(replica.time.instant());
      if (arrived && replica.history.stream().noneMatch(write::equals)) {
        replica.history.add(write);
      }
    }
    if (from.probePrepared()) {
      replica.prepareProbe();
    }
  }

  Replication state() {
    FakeNode from = source;
    return new Replication(
        from != null,
        running && from != null && !from.down(),
        running,
        Optional.ofNullable(from).map(f -> f.node().address()),
        from == null ? 0 : from.serverId(),
        error);
  }
}
