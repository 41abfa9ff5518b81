package dev.repli.monitor;

import dev.repli.database.Databases;
import dev.repli.delta.stream.KnownStream;
import dev.repli.incident.Incidents;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at every plan's nodes at each tick; a plan whose last look still goes on is left out. */
public final class ReplicationMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicationMonitor.class);

  private final Plans plans;
  private final Databases databases;
  private final Function<PlanId, Optional<KnownStream>> streams;
  private final Incidents incidents;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Duration lagLimit;
  private final Executor executor;
  private final Map<PlanId, Watched> watched = new ConcurrentHashMap<>();

  /**
   * @param streams Repli's own stream of a plan
   * @param lagLimit above it lag is a breach
   * @param executor runs looks; a node that does not answer holds one of its threads for up to 10
   *     s, two of them for 20 s
   */
  public ReplicationMonitor(
      Plans plans,
      Databases databases,
      Function<PlanId, Optional<KnownStream>> streams,
      Incidents incidents,
      MeterRegistry meters,
      Clock clock,
      Duration lagLimit,
      Executor executor) {
    this.plans = plans;
    this.databases = databases;
    this.streams = streams;
    this.incidents = incidents;
    this.meters = meters;
    this.clock = clock;
    this.lagLimit = lagLimit;
    this.executor = executor;
  }

  /** What was seen last; empty before the first look. */
  public Optional<PairState> state(PlanId plan) {
    return Optional.ofNullable(watched.get(plan)).flatMap(Watched::state);
  }

  /**
   * How many nodes of the plan accepted application writes when they were looked at last; a node
   * that did not answer does not count. Empty before the first look.
   */
  public Optional<Integer> writers(PlanId plan) {
    return Optional.ofNullable(watched.get(plan)).flatMap(Watched::writers);
  }

  /** One round. Returns at once when the executor does. */
  public void tick() {
    List<Plan> all = plans.all();
    List<PlanId> ids = all.stream().map(Plan::id).toList();
    watched.entrySet().removeIf(entry -> !ids.contains(entry.getKey()) && entry.getValue().end());
    all.forEach(plan -> watched.computeIfAbsent(plan.id(), id -> new Watched(plan)).look(plan));
  }

  @Override
  public void close() {
    watched.values().forEach(Watched::end);
  }

  /** One plan. */
  private final class Watched {
    private final Breaches breaches;
    private final List<Gauge> gauges;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Optional<PairState> state = Optional.empty();
    private volatile Optional<Integer> writers = Optional.empty();
    private Plan plan;
    private PairLook pair;

    Watched(Plan plan) {
      this.plan = plan;
      this.pair = new PairLook(plan, databases, new StreamLook(streams), clock);
      this.breaches = new Breaches(plan.id(), incidents, lagLimit);
      this.gauges =
          List.of(
              Gauge.builder("repli.replication.lag", this, Watched::lagSeconds)
                  .description("Age of the oldest position that the replica has not reached")
                  .baseUnit("seconds")
                  .tag("plan", plan.id().value())
                  .register(meters),
              Gauge.builder("repli.replication.running", this, Watched::running)
                  .description("1 when changes arrive, 0 when they do not or nobody can tell")
                  .tag("plan", plan.id().value())
                  .register(meters),
              Gauge.builder("repli.writers", this, Watched::openNodes)
                  .description("How many nodes that answer accept application writes: 1 is right")
                  .tag("plan", plan.id().value())
                  .register(meters));
    }

    Optional<PairState> state() {
      return state;
    }

    Optional<Integer> writers() {
      return writers;
    }

    private double openNodes() {
      return writers.map(Integer::doubleValue).orElse(Double.NaN);
    }

    private double lagSeconds() {
      return state
          .filter(PairState.Replicating.class::isInstance)
          .map(s -> ((PairState.Replicating) s).lag().toNanos() / 1e9)
          .orElse(Double.NaN);
    }

    private double running() {
      return state.filter(PairState.Replicating.class::isInstance).isPresent() ? 1 : 0;
    }

    void look(Plan now) {
      if (busy.compareAndSet(false, true)) {
        executor.execute(() -> lookHere(now));
      }
    }

    private void lookHere(Plan now) {
      try {
        if (!now.contentHash().equals(plan.contentHash())) {
          pair.close();
          pair = new PairLook(now, databases, new StreamLook(streams), clock);
          plan = now;
        }
        PairState seen = pair.look();
        state = Optional.of(seen);
        writers = Optional.of(pair.writers());
        breaches.see(seen, clock.instant());
      } catch (RuntimeException e) {
        // one plan's trouble must not end the watch of all
        LOG.error("looking at the replication of plan {} failed", plan.id(), e);
        state = Optional.of(new PairState.Failing(PairState.Kind.UNKNOWN, String.valueOf(e)));
        writers = Optional.empty();
      } finally {
        busy.set(false);
      }
    }

    /** Always true, for use as a condition. */
    boolean end() {
      gauges.forEach(meters::remove);
      if (busy.compareAndSet(false, true)) {
        pair.close();
      }
      return true;
    }
  }
}
