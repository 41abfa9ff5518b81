package dev.repli.criteria;

import dev.repli.plan.Criterion;
import dev.repli.plan.PlanId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Breaches in memory. */
public final class KeptBreaches implements BreachStore {
  private final Map<PlanId, Map<Criterion, Breach>> all = new HashMap<>();

  @Override
  public List<Breach> of(PlanId plan) {
    return List.copyOf(all.getOrDefault(plan, Map.of()).values());
  }

  @Override
  public void keep(PlanId plan, List<Breach> breaches) {
    Map<Criterion, Breach> kept = all.computeIfAbsent(plan, id -> new EnumMap<>(Criterion.class));
    breaches.forEach(breach -> kept.put(breach.criterion(), breach));
  }

  @Override
  public void measured(PlanId plan, List<Breach> breaches) {
    Map<Criterion, Breach> kept = all.getOrDefault(plan, Map.of());
    keep(
        plan,
        breaches.stream()
            .map(
                fresh -> {
                  Breach known = kept.getOrDefault(fresh.criterion(), fresh);
                  return new Breach(
                      fresh.criterion(),
                      fresh.value(),
                      fresh.threshold(),
                      fresh.since(),
                      fresh.held(),
                      known.asserted(),
                      fresh.sampleAt(),
                      fresh.seenAt());
                })
            .toList());
  }
}
