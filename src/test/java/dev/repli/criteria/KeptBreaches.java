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
}
