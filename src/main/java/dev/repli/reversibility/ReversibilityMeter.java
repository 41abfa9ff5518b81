package dev.repli.reversibility;

import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures every plan's ways back, and remembers what it measured last. */
public final class ReversibilityMeter {
  private static final Logger LOG = LoggerFactory.getLogger(ReversibilityMeter.class);

  /** What is older says nothing about now. */
  private static final Duration VALID = Duration.ofMinutes(3);

  private final Plans plans;
  private final List<MeasureWay> measures;
  private final StrategyTable table;
  private final Function<Plan, Optional<Instant>> window;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Map<PlanId, Reversibility> latest = new ConcurrentHashMap<>();
  private final Map<PlanId, List<Gauge>> gauges = new ConcurrentHashMap<>();

  /** One that knows no rollback window. */
  public ReversibilityMeter(
      Plans plans,
      List<MeasureWay> measures,
      StrategyTable table,
      MeterRegistry meters,
      Clock clock) {
    this(plans, measures, table, plan -> Optional.empty(), meters, clock);
  }

  /**
   * @param window until when people may go back
   */
  ReversibilityMeter(
      Plans plans,
      List<MeasureWay> measures,
      StrategyTable table,
      Function<Plan, Optional<Instant>> window,
      MeterRegistry meters,
      Clock clock) {
    this.window = window;
    this.plans = plans;
    this.measures = List.copyOf(measures);
    this.table = table;
    this.meters = meters;
    this.clock = clock;
  }

  /** Every plan once; one plan's trouble is logged and does not stop the others. */
  public void tick() {
    List<Plan> all = plans.all();
    List<PlanId> ids = all.stream().map(Plan::id).toList();
    latest.keySet().retainAll(ids);
    gauges
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !ids.contains(entry.getKey());
              if (gone) {
                entry.getValue().forEach(meters::remove);
              }
              return gone;
            });
    for (Plan plan : all) {
      try {
        measure(plan);
      } catch (RuntimeException e) {
        LOG.error("measuring the ways back of plan {} failed", plan.id(), e);
      }
    }
  }

  /** Now. A way that cannot be looked at is unknown, with the reason. */
  public Reversibility measure(Plan plan) {
    Map<Strategy, WayBack> ways = new EnumMap<>(Strategy.class);
    for (MeasureWay measure : measures) {
      ways.put(measure.strategy(), look(measure, plan));
    }
    Instant now = clock.instant();
    Optional<Instant> windowEnds = windowEnds(plan);
    Optional<Duration> left = Reversibility.left(windowEnds, now);
    List<Strategy> order = table.order(List.copyOf(ways.values()), left);
    List<WayBack> sorted = new ArrayList<>();
    order.forEach(strategy -> Optional.ofNullable(ways.remove(strategy)).ifPresent(sorted::add));
    sorted.addAll(ways.values());
    Reversibility found =
        new Reversibility(plan.id(), now, sorted, order.stream().findFirst(), windowEnds)
            .withinTheWindow();
    latest.put(plan.id(), found);
    gauges.computeIfAbsent(plan.id(), this::gauges);
    return found;
  }

  /** What was measured last, if that is not too old to say something about now. */
  public Optional<Reversibility> latest(PlanId plan) {
    return Optional.ofNullable(latest.get(plan))
        .filter(found -> found.at().isAfter(clock.instant().minus(VALID)));
  }

  /** What cannot be found out hides no way back. */
  private Optional<Instant> windowEnds(Plan plan) {
    try {
      return window.apply(plan);
    } catch (RuntimeException e) {
      LOG.warn("the rollback window of plan {} is not known: {}", plan.id(), e.getMessage());
      return Optional.empty();
    }
  }

  private static WayBack look(MeasureWay measure, Plan plan) {
    try {
      return measure.measure(plan);
    } catch (RuntimeException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return WayBack.unknown(measure.strategy(), why);
    }
  }

  private List<Gauge> gauges(PlanId plan) {
    return measures.stream()
        .map(
            measure ->
                Gauge.builder("repli.reversibility", () -> value(plan, measure.strategy()))
                    .description(
                        "1: this way back is open and loses nothing, 0.5: open, can lose writes,"
                            + " 0: closed, NaN: nobody can tell")
                    .tag("plan", plan.value())
                    .tag("strategy", measure.strategy().word())
                    .register(meters))
        .toList();
  }

  private double value(PlanId plan, Strategy strategy) {
    Reversibility found = latest.get(plan);
    if (found == null || found.at().plus(VALID).isBefore(clock.instant())) {
      return Double.NaN;
    }
    return found.ways().stream()
        .filter(way -> way.strategy() == strategy)
        .mapToDouble(way -> value(way.state()))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double value(State state) {
    return switch (state) {
      case OPEN -> 1;
      case LOSES -> 0.5;
      case CLOSED -> 0;
      case UNKNOWN -> Double.NaN;
    };
  }
}
