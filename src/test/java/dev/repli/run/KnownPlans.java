package dev.repli.run;

import dev.repli.plan.CommunicationRules;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RoutePlans;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plans for tests of runs: only their ids matter. */
public final class KnownPlans implements Plans {
  private final List<Plan> plans;

  public KnownPlans(String... ids) {
    plans = Stream.of(ids).map(KnownPlans::plan).toList();
  }

  private KnownPlans(List<Plan> plans) {
    this.plans = plans;
  }

  /** The same plans, of which one tells people. */
  public KnownPlans telling(String id, CommunicationRules rules) {
    return new KnownPlans(
        plans.stream()
            .map(plan -> plan.id().value().equals(id) ? plan.telling(rules) : plan)
            .toList());
  }

  @Override
  public List<Plan> all() {
    return plans;
  }

  @Override
  public Optional<Plan> find(PlanId id) {
    return plans.stream().filter(plan -> plan.id().equals(id)).findFirst();
  }

  private static Plan plan(String id) {
    Endpoint source = new Endpoint("db1.example", 3306);
    Endpoint target = new Endpoint("db2.example", 3306);
    Plan any = RoutePlans.plan(source, target, new RouteSpec.Lab("lab", Optional.empty()));
    return new Plan(
        new PlanId(id),
        "The " + id + " <b>plan</b>",
        any.locale(),
        any.source(),
        any.target(),
        any.routes(),
        any.rollbackWindow(),
        any.budgets(),
        any.blockers(),
        any.probe(),
        any.approvals(),
        any.steps(),
        any.cutover(),
        any.checks(),
        any.contentHash());
  }
}
