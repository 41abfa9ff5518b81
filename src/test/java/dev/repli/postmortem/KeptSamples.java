package dev.repli.postmortem;

import dev.repli.plan.PlanId;
import dev.repli.sample.Point;
import dev.repli.sample.Samples;
import dev.repli.sample.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Samples of one plan in memory. */
public final class KeptSamples implements Samples {
  private final Map<Series, List<Point>> points = new EnumMap<>(Series.class);

  @Override
  public void keep(PlanId plan, Series series, Point point) {
    points.computeIfAbsent(series, any -> new ArrayList<>()).add(point);
  }

  @Override
  public List<Point> between(PlanId plan, Series series, Instant from, Instant until) {
    return points.getOrDefault(series, List.of()).stream()
        .filter(point -> !point.at().isBefore(from) && !point.at().isAfter(until))
        .toList();
  }

  @Override
  public Optional<Instant> newest(PlanId plan, Series series) {
    return points.getOrDefault(series, List.of()).stream()
        .map(Point::at)
        .max(java.util.Comparator.naturalOrder());
  }

  @Override
  public void forgetBefore(Instant time) {
    points.values().forEach(list -> list.removeIf(point -> point.at().isBefore(time)));
  }
}
