package dev.repli.triage;

import dev.repli.criteria.BreachClocks;
import dev.repli.criteria.EvaluateCriteria;
import dev.repli.criteria.Sample;
import dev.repli.incident.Measurements;
import dev.repli.plan.Criterion;
import dev.repli.plan.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/** What reports say, as samples of the criteria. */
final class ReportedMeasurements implements Measurements {
  private final EvaluateCriteria criteria;
  private final BreachClocks clocks;

  ReportedMeasurements(EvaluateCriteria criteria, BreachClocks clocks) {
    this.criteria = criteria;
    this.clocks = clocks;
  }

  @Override
  public void measured(Plan plan, SortedMap<String, Double> metrics, Optional<Instant> measuredAt) {
    criteria.take(plan, Sample.reported(metrics, measuredAt));
  }

  @Override
  public void over(Plan plan) {
    clocks.clear(plan.id());
  }

  @Override
  public void declared(Plan plan, Criterion criterion, boolean holds) {
    clocks.declare(plan.id(), criterion, holds);
  }
}
