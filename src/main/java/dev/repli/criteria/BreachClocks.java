package dev.repli.criteria;

import dev.repli.plan.CriteriaRules;
import dev.repli.plan.CriteriaRules.Threshold;
import dev.repli.plan.Criterion;
import dev.repli.plan.Metric;
import dev.repli.plan.PlanId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * How long each criterion of a plan is breached. A clock starts at the first breaching sample,
 * stops when a sample is back to normal, and is kept, so that it goes on after a restart.
 *
 * <p>Time between two breaching samples is taken from the machine's monotonic clock; after a
 * restart (or when another node took the sample before) from the times of the samples. Of either at
 * most the time after which a metric is stale counts: what happened in a longer gap nobody knows.
 * So a jump of the wall clock can neither fire nor lose a breach, and a clock runs only while
 * somebody looks.
 */
public final class BreachClocks {
  /** A sample from further in the future is one of a wrong clock. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private final BreachStore store;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Map<PlanId, Mark> marks = new ConcurrentHashMap<>();

  /** When this process took the newest sample of each criterion of a plan. */
  private record Mark(Map<Criterion, Seen> seen) {}

  private record Seen(Instant sampleAt, long nanos) {}

  /**
   * @param nanos monotonic, as {@link System#nanoTime}
   */
  public BreachClocks(BreachStore store, Clock clock, LongSupplier nanos) {
    this.store = store;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Takes one sample in; what is measured before the newest known, or in the future, is ignored.
   */
  public synchronized void take(
      PlanId plan, CriteriaRules rules, Optional<Double> baselineLatency, Sample sample) {
    Map<Criterion, Breach> known = known(plan);
    List<Breach> changed = new ArrayList<>();
    for (Criterion criterion : Criterion.values()) {
      Double value = sample.values().get(criterion.metric());
      if (value != null && rules.preset().has(criterion)) {
        Threshold threshold = rules.threshold(criterion);
        Optional<Double> level = level(threshold, baselineLatency);
        Optional<Breach> before = Optional.ofNullable(known.get(criterion));
        at(sample, before)
            .map(at -> next(plan, rules, criterion, value, level, before, at))
            .ifPresent(changed::add);
      }
    }
    keep(plan, changed, store::measured);
  }

  /**
   * An alert says that the criterion holds, or no longer holds. The end of what never held leaves
   * the clock of what was measured as it is.
   */
  public synchronized void declare(PlanId plan, Criterion criterion, boolean holds) {
    Optional<Breach> before = Optional.ofNullable(known(plan).get(criterion));
    if (!holds && before.filter(Breach::asserted).isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Optional<Instant> since = before.flatMap(Breach::since).or(() -> Optional.of(now));
    keep(
        plan,
        List.of(
            new Breach(
                criterion,
                before.map(Breach::value).orElse(0.0),
                before.flatMap(Breach::threshold),
                holds ? since : Optional.empty(),
                Duration.ZERO,
                holds,
                before.map(Breach::sampleAt).orElse(now),
                now)),
        store::keep);
  }

  /**
   * Nothing that was measured is breached any more, says who reported it; measuring begins anew.
   * What an alert says holds until that alert says otherwise.
   */
  public synchronized void clear(PlanId plan) {
    Instant now = clock.instant();
    List<Breach> cleared = new ArrayList<>();
    for (Breach breach : store.of(plan)) {
      boolean measured = breach.breaching() || breach.criterion().metric().standing();
      if (measured && !breach.asserted()) {
        cleared.add(
            new Breach(
                breach.criterion(),
                0,
                breach.threshold(),
                Optional.empty(),
                Duration.ZERO,
                false,
                breach.sampleAt(),
                now));
      }
    }
    keep(plan, cleared, store::measured);
  }

  /**
   * The newest measured value of a metric.
   *
   * @param youngerThan one that is older is none
   */
  public synchronized Optional<Double> newest(PlanId plan, Metric metric, Duration youngerThan) {
    return store.of(plan).stream()
        .filter(breach -> breach.criterion().metric() == metric && !breach.asserted())
        .filter(breach -> age(plan, breach).compareTo(youngerThan) < 0)
        .max(Comparator.comparing(Breach::sampleAt))
        .map(Breach::value);
  }

  /** Every criterion of the plan as it is now. */
  public synchronized List<Reading> read(PlanId plan, CriteriaRules rules) {
    Map<Criterion, Breach> known = known(plan);
    List<Reading> readings = new ArrayList<>();
    for (Criterion criterion : Criterion.values()) {
      if (rules.preset().has(criterion)) {
        Optional<Breach> breach = Optional.ofNullable(known.get(criterion));
        Reading.State state =
            breach.map(found -> state(plan, rules, found)).orElseGet(() -> unseen(criterion));
        readings.add(new Reading(criterion, state, breach, rules.threshold(criterion)));
      }
    }
    return readings;
  }

  private Map<Criterion, Breach> known(PlanId plan) {
    Map<Criterion, Breach> known = new EnumMap<>(Criterion.class);
    store.of(plan).forEach(breach -> known.put(breach.criterion(), breach));
    return known;
  }

  private static Optional<Double> level(Threshold threshold, Optional<Double> baselineLatency) {
    return threshold.criterion().kind() == Criterion.Kind.ABSOLUTE
        ? Optional.of(threshold.above())
        : baselineLatency.map(normal -> normal * threshold.above());
  }

  /** When it was measured, unless that is too late or too early to count. */
  private Optional<Instant> at(Sample sample, Optional<Breach> before) {
    Instant now = clock.instant();
    if (sample.measuredAt().isEmpty()) {
      // measured now: newer than all before, whatever became of the wall clock
      Optional<Instant> after =
          before.map(Breach::sampleAt).filter(at -> !now.isAfter(at)).map(at -> at.plusMillis(1));
      return Optional.of(after.orElse(now));
    }
    Instant at = sample.measuredAt().get();
    boolean late = before.filter(known -> !at.isAfter(known.sampleAt())).isPresent();
    return late || at.isAfter(now.plus(AHEAD)) ? Optional.empty() : Optional.of(at);
  }

  private Breach next(
      PlanId plan,
      CriteriaRules rules,
      Criterion criterion,
      double value,
      Optional<Double> level,
      Optional<Breach> before,
      Instant at) {
    boolean breaching = level.filter(most -> value > most).isPresent();
    Optional<Breach> breached = before.filter(known -> known.since().isPresent());
    Duration held =
        breached
            .filter(known -> breaching)
            .map(known -> known.held().plus(between(plan, known, at, rules.staleAfter())))
            .orElse(Duration.ZERO);
    Optional<Instant> since = breached.flatMap(Breach::since).or(() -> Optional.of(at));
    boolean asserted = before.filter(Breach::asserted).isPresent();
    return new Breach(
        criterion,
        value,
        level,
        breaching || asserted ? since : Optional.empty(),
        held,
        asserted,
        at,
        clock.instant());
  }

  /** Time that passed since the newest sample before, as far as it counts. */
  private Duration between(PlanId plan, Breach before, Instant at, Duration most) {
    Duration passed =
        mark(plan, before)
            .map(seen -> Duration.ofNanos(nanos.getAsLong() - seen.nanos()))
            .orElseGet(() -> Duration.between(before.sampleAt(), at));
    Duration positive = passed.isNegative() ? Duration.ZERO : passed;
    return positive.compareTo(most) > 0 ? most : positive;
  }

  private Optional<Seen> mark(PlanId plan, Breach breach) {
    return Optional.ofNullable(marks.get(plan))
        .map(mark -> mark.seen().get(breach.criterion()))
        .filter(seen -> seen.sampleAt().equals(breach.sampleAt()));
  }

  private void keep(PlanId plan, List<Breach> breaches, BiConsumer<PlanId, List<Breach>> keeping) {
    if (breaches.isEmpty()) {
      return;
    }
    keeping.accept(plan, breaches);
    long now = nanos.getAsLong();
    Map<Criterion, Seen> seen =
        marks.computeIfAbsent(plan, id -> new Mark(new EnumMap<>(Criterion.class))).seen();
    breaches.forEach(breach -> seen.put(breach.criterion(), new Seen(breach.sampleAt(), now)));
  }

  private Reading.State state(PlanId plan, CriteriaRules rules, Breach breach) {
    if (breach.asserted()) {
      return Reading.State.HELD;
    }
    if (!breach.criterion().metric().standing()
        && age(plan, breach).compareTo(rules.staleAfter()) > 0) {
      return Reading.State.UNKNOWN;
    }
    if (breach.threshold().isEmpty()) {
      return Reading.State.UNKNOWN;
    }
    if (breach.since().isEmpty()) {
      return Reading.State.NORMAL;
    }
    Duration lasting = rules.threshold(breach.criterion()).lasting();
    boolean held = lasting.isZero() || breach.held().compareTo(lasting) > 0;
    return held ? Reading.State.HELD : Reading.State.BREACHING;
  }

  /** A jump of the wall clock can make a metric look stale after a restart, never fresh. */
  private Duration age(PlanId plan, Breach breach) {
    return mark(plan, breach)
        .map(seen -> Duration.ofNanos(nanos.getAsLong() - seen.nanos()))
        .orElseGet(() -> Duration.between(breach.seenAt(), clock.instant()).abs());
  }

  private static Reading.State unseen(Criterion criterion) {
    return criterion.metric().standing() ? Reading.State.NORMAL : Reading.State.UNKNOWN;
  }
}
