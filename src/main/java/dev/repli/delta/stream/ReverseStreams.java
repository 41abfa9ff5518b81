package dev.repli.delta.stream;

import dev.repli.database.Position;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.stream.StreamReport.State;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the streams that this node has the lease of, and measures how far they are behind. */
public final class ReverseStreams implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReverseStreams.class);

  /** Another node takes over so long after this one has died. */
  public static final Duration LEASE = Duration.ofSeconds(10);

  private static final Duration END_WITHIN = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final StreamStore streams;
  private final Plans plans;
  private final RunStream run;
  private final HeldGroups held;
  private final Function<Plan, Position> targetPosition;
  private final Executor executor;
  private final MeterRegistry meters;
  private final String owner;
  private final Clock clock;
  private final Consumer<Duration> pause;
  private final Map<PlanId, StreamThread> running = new ConcurrentHashMap<>();
  private final Map<PlanId, LagMarks> marks = new ConcurrentHashMap<>();
  private final Map<PlanId, Measured> lags = new ConcurrentHashMap<>();
  private volatile boolean closed;
  private final Set<PlanId> gauges = ConcurrentHashMap.newKeySet();
  private final Set<PlanId> measuring = ConcurrentHashMap.newKeySet();

  /**
   * @param held what was held, and what people have decided of it
   * @param targetPosition where a plan's target stands now
   * @param executor asks targets; one that does not answer holds a thread of it for some time
   * @param owner of leases: never the same for two processes, also not one after the other
   * @param pause waits
   */
  public ReverseStreams(
      StreamStore streams,
      Plans plans,
      RunStream run,
      HeldGroups held,
      Function<Plan, Position> targetPosition,
      Executor executor,
      MeterRegistry meters,
      String owner,
      Clock clock,
      Consumer<Duration> pause) {
    this.streams = streams;
    this.plans = plans;
    this.run = run;
    this.held = held;
    this.targetPosition = targetPosition;
    this.executor = executor;
    this.meters = meters;
    this.owner = owner;
    this.clock = clock;
    this.pause = pause;
  }

  /** Each second: takes, keeps or gives up leases. One plan's trouble does not stop the others. */
  public void tick() {
    for (KnownStream stream : closed ? List.<KnownStream>of() : streams.all()) {
      try {
        tend(stream);
      } catch (RuntimeException e) {
        LOG.error("tending the stream of plan {} failed", stream.order().plan(), e);
      }
    }
  }

  private void tend(KnownStream stream) {
    PlanId id = stream.order().plan();
    StreamThread thread = running.get(id);
    if (!stream.wanted() && thread == null) {
      lags.remove(id);
      return;
    }
    Instant until = clock.instant().plus(LEASE);
    // also while it ends: whoever has the lease may write
    if (!streams.claim(id, owner, clock.instant(), until)) {
      lags.remove(id);
      if (thread != null) {
        thread.askToEnd();
        forget(id, thread);
      }
    } else if (thread == null) {
      begin(stream, until);
    } else if (stream.wanted() && thread.isFor(stream.order())) {
      keep(stream, thread, until);
    } else {
      thread.askToEnd();
      release(id, thread);
    }
  }

  private void begin(KnownStream stream, Instant until) {
    if (closed) {
      return;
    }
    StreamThread thread =
        new StreamThread(run, streams, held, stream.order(), owner, clock, pause, plans::find);
    running.put(stream.order().plan(), thread);
    thread.start(until);
  }

  private void keep(KnownStream stream, StreamThread thread, Instant until) {
    PlanId id = stream.order().plan();
    boolean peoplesTurn = thread.isBlocked() && stream.report().state() == State.BLOCKED;
    if (thread.isAlive()) {
      thread.keepUntil(until);
      measure(id, thread);
    } else if (!peoplesTurn) {
      // a lapsed lease has ended it, or people have started it again
      forget(id, thread);
      begin(stream, until);
    }
  }

  /** A node that does not answer holds one of the executor's threads, and no lease up. */
  private void measure(PlanId id, StreamThread thread) {
    Optional<Plan> plan = plans.find(id);
    if (plan.isEmpty() || !measuring.add(id)) {
      return;
    }
    gauge(id);
    executor.execute(
        () -> {
          try {
            measure(plan.get(), thread);
          } catch (RuntimeException e) {
            LOG.warn("how far the stream of {} is behind is not known: {}", id, e.getMessage());
            lags.remove(id);
          } finally {
            measuring.remove(id);
          }
        });
  }

  private void measure(Plan plan, StreamThread thread) {
    Position target = targetPosition.apply(plan);
    Instant now = clock.instant();
    Duration lag =
        marks.computeIfAbsent(plan.id(), any -> new LagMarks()).lag(target, thread.reached(), now);
    lags.put(plan.id(), new Measured(lag.toMillis() / 1000.0, now));
  }

  private record Measured(double seconds, Instant at) {}

  private void gauge(PlanId id) {
    if (gauges.add(id)) {
      Gauge.builder("repli.reverse.stream.lag.seconds", () -> lag(id))
          .description("Age of the oldest position of the target that is not on the source yet")
          .tag("plan", id.value())
          .register(meters);
    }
  }

  /** In seconds; NaN when this node does not run it, or nobody can tell any more. */
  public double lag(PlanId id) {
    Measured last = lags.get(id);
    return last == null || clock.instant().isAfter(last.at().plus(LEASE))
        ? Double.NaN
        : last.seconds();
  }

  /** Whether its thread has ended, so that nobody writes for it any more. */
  private boolean release(PlanId id, StreamThread thread) {
    if (!forget(id, thread)) {
      return false;
    }
    streams.release(id, owner);
    return true;
  }

  private boolean forget(PlanId id, StreamThread thread) {
    lags.remove(id);
    marks.remove(id);
    return !thread.isAlive() && running.remove(id, thread);
  }

  /**
   * Ends all of them between two transactions, and gives the leases of those back that have ended.
   * What does not end keeps its lease; should it write when that is over, then the source refuses
   * it, since another has gone on.
   */
  @Override
  public void close() {
    closed = true;
    running.values().forEach(StreamThread::askToEnd);
    Instant end = clock.instant().plus(END_WITHIN);
    while (!running.isEmpty() && clock.instant().isBefore(end)) {
      running.forEach(this::giveBack);
      pause.accept(LOOK_EVERY);
    }
  }

  private void giveBack(PlanId id, StreamThread thread) {
    try {
      thread.askToEnd();
      if (!release(id, thread)) {
        var unused = streams.claim(id, owner, clock.instant(), clock.instant().plus(LEASE));
      }
    } catch (RuntimeException e) {
      LOG.warn("the lease of the stream of {} lapses: {}", id, e.getMessage());
      running.remove(id, thread);
    }
  }
}
