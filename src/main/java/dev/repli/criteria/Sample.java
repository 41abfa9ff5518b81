package dev.repli.criteria;

import dev.repli.plan.Metric;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Numbers measured at one time.
 *
 * @param values in the units of their metrics; impossible ones are left out
 * @param measuredAt by the clock of who measured; empty for now
 */
public record Sample(Map<Metric, Double> values, Optional<Instant> measuredAt) {
  public Sample {
    EnumMap<Metric, Double> possible = new EnumMap<>(Metric.class);
    values.forEach(
        (metric, value) -> {
          if (metric.possible(value)) {
            possible.put(metric, value);
          }
        });
    values = Map.copyOf(possible);
  }

  /** Of what was reported by name; names that no criterion is about are left out. */
  public static Sample reported(SortedMap<String, Double> numbers, Optional<Instant> measuredAt) {
    EnumMap<Metric, Double> values = new EnumMap<>(Metric.class);
    numbers.forEach(
        (name, value) -> Metric.named(name).ifPresent(metric -> values.put(metric, value)));
    return new Sample(values, measuredAt);
  }
}
