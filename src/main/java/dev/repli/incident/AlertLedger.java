package dev.repli.incident;

import dev.repli.plan.Criterion;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of alerts, for every Repli on the same database and after a restart. Each call is a
 * transaction of its own.
 */
public interface AlertLedger {

  /** Those of the alerts that are known, by their id. */
  Map<String, Known> known(PlanId plan, Collection<String> ids);

  /**
   * In place of what was known of the same alerts.
   *
   * @param heardAt now
   */
  void note(PlanId plan, List<Known> alerts, Instant heardAt);

  /** Alerts that fire and were heard of before that time, but not since; by that, the last time. */
  Map<Known, Instant> silent(PlanId plan, Instant since);

  /** Criteria for which an alert fires now. */
  Set<Criterion> firing(PlanId plan);

  /** Every alert for the criterion that fires is over. */
  void end(PlanId plan, Criterion criterion, Instant at);

  /** Forgets alerts that ended before. */
  void forget(PlanId plan, Instant endedBefore);

  /**
   * One alert.
   *
   * @param id hash of its labels
   * @param at when it began to fire or, when it is over, when it ended
   * @param run incident that has taken it in, as it is now; empty until one has
   */
  record Known(String id, Criterion criterion, boolean firing, Instant at, Optional<RunKey> run) {
    Known takenBy(RunKey key) {
      return new Known(id, criterion, firing, at, Optional.of(key));
    }
  }
}
