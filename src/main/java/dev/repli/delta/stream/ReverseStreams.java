package dev.repli.delta.stream;

import dev.repli.database.Position;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the streams that this node has the lease of, and measures how far they are behind. */
public final class ReverseStreams implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReverseStreams.class);

  /** Another node takes over so long after this one has died. */
  public static final Duration LEASE = Duration.ofSeconds(10);

  private final StreamStore streams;
  private final Plans plans;
  private final RunStream run;
  private final HeldGroups held;
  private final Function<Plan, Position> targetPosition;
  private final MeterRegistry meters;
  private final String owner;
  private final Clock clock;
  private final Consumer<Duration> pause;
  private final Map<PlanId, StreamThread> running = new ConcurrentHashMap<>();
  private final Map<PlanId, LagMarks> marks = new ConcurrentHashMap<>();
  private final Map<PlanId, Double> lags = new ConcurrentHashMap<>();

  /**
   * @param held what was held, and what people have decided of it
   * @param targetPosition where a plan's target stands now
   * @param owner of leases: never the same for two processes, also not one after the other
   * @param pause waits
   */
  public ReverseStreams(
      StreamStore streams,
      Plans plans,
      RunStream run,
      HeldGroups held,
      Function<Plan, Position> targetPosition,
      MeterRegistry meters,
      String owner,
      Clock clock,
      Consumer<Duration> pause) {
    this.streams = streams;
    this.plans = plans;
    this.run = run;
    this.held = held;
    this.targetPosition = targetPosition;
    this.meters = meters;
    this.owner = owner;
    this.clock = clock;
    this.pause = pause;
  }

  /** Each second: takes, keeps or gives up leases. One plan's trouble does not stop the others. */
  public void tick() {
    for (KnownStream stream : streams.all()) {
      try {
        tend(stream);
      } catch (RuntimeException e) {
        LOG.error("tending the stream of plan {} failed", stream.order().plan(), e);
      }
    }
  }

  private void tend(KnownStream stream) {
    PlanId id = stream.order().plan();
    if (!stream.wanted()) {
      end(id);
      lags.put(id, Double.NaN);
      return;
    }
    Instant now = clock.instant();
    if (!streams.claim(id, owner, now, now.plus(LEASE))) {
      end(id);
      lags.put(id, Double.NaN);
      return;
    }
    StreamThread thread = running.get(id);
    if (thread == null || !thread.isFor(stream.order()) || thread.hasLapsed()) {
      forget(id);
      thread =
          new StreamThread(run, streams, held, stream.order(), owner, clock, pause, plans::find);
      running.put(id, thread);
      thread.start();
    }
    thread.keepUntil(now.plus(LEASE));
    measure(id, thread);
  }

  private void measure(PlanId id, StreamThread thread) {
    Optional<Plan> plan = plans.find(id);
    if (plan.isEmpty()) {
      return;
    }
    gauge(id);
    lags.put(id, Double.NaN);
    Position target = targetPosition.apply(plan.get());
    Duration lag =
        marks
            .computeIfAbsent(id, any -> new LagMarks())
            .lag(target, thread.reached(), clock.instant());
    lags.put(id, lag.toMillis() / 1000.0);
  }

  private void gauge(PlanId id) {
    if (lags.containsKey(id)) {
      return;
    }
    Gauge.builder("repli.reverse.stream.lag.seconds", () -> lags.getOrDefault(id, Double.NaN))
        .description("Age of the oldest position of the target that is not on the source yet")
        .tag("plan", id.value())
        .register(meters);
  }

  /** In seconds; NaN when this node does not run it, or nobody can tell. */
  public double lag(PlanId id) {
    return lags.getOrDefault(id, Double.NaN);
  }

  private void end(PlanId id) {
    if (forget(id)) {
      streams.release(id, owner);
    }
  }

  private boolean forget(PlanId id) {
    StreamThread thread = running.remove(id);
    if (thread != null) {
      thread.end();
    }
    marks.remove(id);
    return thread != null;
  }

  /** Ends all of them between two transactions, and gives their leases back. */
  @Override
  public void close() {
    running.keySet().forEach(this::end);
  }
}
