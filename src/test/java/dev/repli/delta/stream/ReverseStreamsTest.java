package dev.repli.delta.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.database.NodeException;
import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Passed;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaServer;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import dev.repli.delta.conflict.FakeConflicts;
import dev.repli.delta.imports.FakeImportTarget;
import dev.repli.delta.imports.HeldInMemory;
import dev.repli.delta.imports.History;
import dev.repli.delta.stream.StreamReport.State;
import dev.repli.plan.Node;
import dev.repli.run.KnownPlans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever has the lease may write, and nobody else. */
@Timeout(120)
class ReverseStreamsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private final Position from = History.place(0).position();
  private final HandClock clock = new HandClock();
  private final OneStream streams = new OneStream();
  private final LinkedBlockingQueue<DeltaEvent> log = new LinkedBlockingQueue<>();
  private final CountDownLatch answers = new CountDownLatch(1);
  private final ExecutorService looks = Executors.newCachedThreadPool();
  private boolean targetIsSilent;
  private volatile boolean fails;
  private final ReverseStreams repli =
      new ReverseStreams(
          streams,
          new KnownPlans("shop"),
          new RunStream(
              new Log(), new FakeImportTarget(Map.of(), 1), new HeldInMemory(), pause -> {}),
          FakeConflicts.of(0),
          plan -> position(),
          looks,
          new SimpleMeterRegistry(),
          "node-1",
          clock,
          pause -> LockSupport.parkNanos(Duration.ofMillis(1).toNanos()));

  @AfterEach
  void endAll() {
    answers.countDown();
    log.add(new End(History.place(1)));
    repli.close();
    looks.shutdownNow();
  }

  private Position position() {
    try {
      boolean there = !targetIsSilent || answers.await(LONG.toSeconds(), TimeUnit.SECONDS);
      return there ? from : History.place(9).position();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void start() {
    streams.want(
        new StreamOrder(OneStream.PLAN, new dev.repli.delta.imports.ImportId("s"), from),
        clock.instant());
    repli.tick();
  }

  private KnownStream known() {
    return streams.find(OneStream.PLAN).orElseThrow();
  }

  private boolean tickUntil(State state) {
    repli.tick();
    return known().report().state() == state;
  }

  private void insideATransaction() {
    log.add(new Begin("0-2-1001", History.place(0), Instant.EPOCH));
    await().atMost(LONG).until(log::isEmpty);
  }

  @Test
  void keepsItsLeaseWhileItsThreadMayStillWriteAndGivesItBackAfterwards() {
    start();
    insideATransaction();
    streams.stop(OneStream.PLAN);
    repli.tick();
    assertThat(known().owner()).isEqualTo("node-1");

    clock.advance(ReverseStreams.LEASE.minusSeconds(1));
    repli.tick();

    assertThat(known().until()).isEqualTo(clock.instant().plus(ReverseStreams.LEASE));
    assertThat(streams.claim(OneStream.PLAN, "node-2", clock.instant(), clock.instant())).isFalse();
    log.add(new End(History.place(1)));
    await()
        .atMost(LONG)
        .until(
            () -> {
              repli.tick();
              return known().owner().isEmpty();
            });
    assertThat(known().report().state()).isEqualTo(State.STOPPED);
  }

  /** Another may import the same by then. */
  @Test
  void commitsNothingWhenItsLeaseIsOverBeforeItsTransactionIs() {
    start();
    await().atMost(LONG).until(() -> tickUntil(State.RUNNING));
    insideATransaction();
    clock.advance(ReverseStreams.LEASE);
    log.add(new End(History.place(1)));

    await().atMost(LONG).until(() -> known().report().state() == State.FAILED);
    assertThat(known().report().why()).contains("lease");
    assertThat(known().report().reached()).isNotEqualTo(Optional.of(History.place(1).position()));
  }

  @Test
  void aTargetThatDoesNotAnswerHoldsNoLeaseUp() {
    targetIsSilent = true;
    start();
    repli.tick();
    clock.advance(ReverseStreams.LEASE.minusSeconds(1));
    repli.tick();

    assertThat(known().until()).isEqualTo(clock.instant().plus(ReverseStreams.LEASE));
    assertThat(repli.lag(OneStream.PLAN)).isNaN();
  }

  @Test
  void triesABlockedOneAgainWhenPeopleStartItAgain() {
    Place place = History.place(0);
    log.add(
        new Statement(Statement.Kind.DDL, "app", "ALTER", place, History.place(1), Instant.EPOCH));
    start();
    await().atMost(LONG).until(() -> tickUntil(State.BLOCKED));
    repli.tick();
    assertThat(known().report().why())
        .contains("schema 'app'", "start a stream from " + History.place(1).position().value());

    streams.want(known().order(), clock.instant());

    await().atMost(LONG).until(() -> tickUntil(State.RUNNING));
  }

  @Test
  void doesNotLookLikeRunningWhileEachTryFails() {
    start();
    await().atMost(LONG).until(() -> tickUntil(State.RUNNING));
    fails = true;
    await().atMost(LONG).until(() -> tickUntil(State.FAILED));
    streams.reported.clear();
    await().atMost(LONG).until(() -> streams.reported.size() > 20);
    assertThat(streams.reported).containsOnly(State.FAILED);
    assertThat(known().report().why()).startsWith("run SET GLOBAL super_read_only = OFF");

    fails = false;
    clock.advance(Duration.ofSeconds(9));
    repli.tick();
    assertThat(known().report().state()).isEqualTo(State.FAILED);
    clock.advance(Duration.ofSeconds(1));

    await().atMost(LONG).until(() -> tickUntil(State.RUNNING));
  }

  @Test
  void leavesNothingBehindWhenItCloses() {
    start();
    await().atMost(LONG).until(() -> tickUntil(State.RUNNING));
    repli.close();
    repli.tick();

    assertThat(known().owner()).isEmpty();
    assertThat(known().wanted()).isTrue();
  }

  /** A log that ends nowhere; inside of a transaction it waits for the rest. */
  private final class Log implements DeltaSource {
    @Override
    public DeltaStream open(Node node, DeltaRange range) {
      return new DeltaStream() {
        private boolean inside;
        private boolean passed;

        @Override
        public DeltaEvent next(Duration atMost) {
          try {
            if (fails && passed) {
              throw new NodeException(
                  node, "importing", "--super-read-only", NodeException.Action.WAIT_AND_RETRY);
            }
            passed = true;
            DeltaEvent event = log.poll(inside ? LONG.toMillis() : 1, TimeUnit.MILLISECONDS);
            inside = event instanceof Begin;
            return event == null ? new Passed(History.place(0)) : event;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void requireLog(Node node, Position at) {}

    @Override
    public DeltaServer server(Node node) {
      throw new UnsupportedOperationException("nobody asks for " + node + " of " + List.of());
    }
  }

  /** Moved by the test only, read by several threads. */
  private static final class HandClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
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
      throw new UnsupportedOperationException("zone " + zone);
    }
  }
}
