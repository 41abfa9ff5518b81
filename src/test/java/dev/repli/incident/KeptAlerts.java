package dev.repli.incident;

import dev.repli.plan.Criterion;
import dev.repli.plan.PlanId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Alerts in memory; passes the same contract as those in a database. */
final class KeptAlerts implements AlertLedger {
  private final Map<PlanId, Map<String, Known>> all = new HashMap<>();

  private final Map<String, Instant> heard = new HashMap<>();

  private Map<String, Known> of(PlanId plan) {
    return all.computeIfAbsent(plan, id -> new HashMap<>());
  }

  @Override
  public Map<String, Known> known(PlanId plan, Collection<String> ids) {
    Map<String, Known> known = new HashMap<>(of(plan));
    known.keySet().retainAll(Set.copyOf(ids));
    return known;
  }

  @Override
  public void note(PlanId plan, List<Known> alerts, Instant heardAt) {
    for (Known alert : alerts) {
      heard.put(plan + "/" + alert.id(), heardAt);
      of(plan)
          .merge(alert.id(), alert, (old, fresh) -> fresh.at().isBefore(old.at()) ? old : fresh);
    }
  }

  @Override
  public Map<Known, Instant> silent(PlanId plan, Instant since) {
    Map<Known, Instant> silent = new HashMap<>();
    for (Known known : of(plan).values()) {
      Instant last = heard.getOrDefault(plan + "/" + known.id(), Instant.EPOCH);
      if (known.firing() && last.isBefore(since)) {
        silent.put(known, last);
      }
    }
    return silent;
  }

  @Override
  public Set<Criterion> firing(PlanId plan) {
    return of(plan).values().stream()
        .filter(Known::firing)
        .map(Known::criterion)
        .collect(Collectors.toSet());
  }

  @Override
  public void end(PlanId plan, Criterion criterion, Instant at) {
    of(plan)
        .replaceAll(
            (id, known) ->
                known.firing() && known.criterion() == criterion
                    ? new Known(id, criterion, false, at, known.run())
                    : known);
  }

  @Override
  public void forget(PlanId plan, Instant endedBefore) {
    of(plan).values().removeIf(known -> !known.firing() && known.at().isBefore(endedBefore));
  }
}
