package dev.repli.reads;

import dev.repli.database.ServerPair;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.CriteriaRules.Probed;
import dev.repli.plan.CriteriaRules.Threshold;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanLike;
import dev.repli.plan.ReadRules;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.WriteProbe;
import dev.repli.route.RoutePlans;
import java.time.Duration;
import java.util.List;

/** Plans whose criteria take what Repli sees itself. */
final class ProbedPlans {
  private ProbedPlans() {}

  /**
   * @param judgedOver for how long reads that move are judged together
   */
  static Plan between(
      Node source, Node target, RouteSpec route, Duration judgedOver, List<Threshold> thresholds) {
    Plan any = RoutePlans.plan(source.address(), target.address(), route);
    ReadRules reads = ReadRules.DEFAULT;
    return PlanLike.of(any)
        .between(source, target)
        .probedBy(new WriteProbe(true, Duration.ofSeconds(1), ServerPair.account("repli_probe")))
        .reading(
            new ReadRules(
                reads.steps(),
                reads.hold(),
                reads.lookEvery(),
                reads.whenBad(),
                reads.tolerance(),
                reads.followsServerId(),
                new ReadRules.Probe(
                    reads.probe().interval(),
                    judgedOver,
                    judgedOver,
                    reads.probe().query(),
                    reads.probe().account()),
                reads.limits()))
        .plan()
        .with(criteria(thresholds));
  }

  private static CriteriaRules criteria(List<Threshold> thresholds) {
    CriteriaRules usual = CriteriaRules.USUAL;
    return new CriteriaRules(
        usual.preset(),
        thresholds,
        new Probed(),
        usual.staleAfter(),
        usual.evaluateEvery(),
        usual.decision(),
        usual.alerts(),
        usual.baseline());
  }
}
