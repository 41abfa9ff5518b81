package dev.repli.rollback;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.plan.Account;
import dev.repli.plan.ApprovalRules;
import dev.repli.plan.BlockerPolicy;
import dev.repli.plan.Budgets;
import dev.repli.plan.Checks;
import dev.repli.plan.CutoverRules;
import dev.repli.plan.DeltaRules;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.DeltaRules.TableRule;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.PlanLike;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.SecretRef;
import dev.repli.plan.StepLimits;
import dev.repli.plan.WriteProbe;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A plan over two nodes in memory and one route in memory. */
public final class SamplePlan {
  public static final PlanId ID = new PlanId("shop");

  public static Plan of(FakeDatabase database, List<String> skippable, Checks checks) {
    return of(database, skippable, checks, "0".repeat(64));
  }

  /** The same with names of the environments. */
  public static Plan between(FakeDatabase database, String source, String target) {
    FakeDatabase named =
        new FakeDatabase(
            new VirtualTime(),
            named(database.source().node(), source),
            named(database.target().node(), target));
    return of(named, List.of(), new Checks(List.of(), List.of(), List.of()), "1".repeat(64));
  }

  private static Node named(Node node, String environment) {
    return new Node(
        node.role(),
        node.kind(),
        node.address(),
        node.account(),
        node.replication(),
        node.tls(),
        node.fenceFile(),
        Optional.of(environment));
  }

  public static Plan of(
      FakeDatabase database, List<String> skippable, Checks checks, String contentHash) {
    Duration second = Duration.ofSeconds(1);
    Duration minute = Duration.ofMinutes(1);
    return new Plan(
        ID,
        "Shop database",
        Locale.ENGLISH,
        database.source().node(),
        database.target().node(),
        List.of(new RouteSpec.Lab("shop-route", Optional.empty())),
        Duration.ofDays(3),
        new Budgets(
            second.multipliedBy(10),
            second,
            second.multipliedBy(5),
            Duration.ofMillis(3),
            second.multipliedBy(5),
            minute.multipliedBy(60)),
        BlockerPolicy.WAIT,
        new WriteProbe(true, second, new Account("probe", new SecretRef("env:PROBE"))),
        new ApprovalRules(List.of("approvers"), minute.multipliedBy(30)),
        new StepLimits(
            minute.multipliedBy(5),
            minute.multipliedBy(2),
            minute.multipliedBy(30),
            minute.multipliedBy(5),
            minute.multipliedBy(10),
            minute.multipliedBy(5),
            skippable),
        CutoverRules.DEFAULT,
        checks,
        contentHash);
  }

  /** The same, which gives up the changes of these tables beforehand. */
  public static Plan abandoning(Plan plan, String... tables) {
    List<TableRule> rules =
        Stream.of(tables).map(table -> new TableRule(table, Policy.ABANDON)).toList();
    return PlanLike.of(plan).carrying(new DeltaRules(plan.delta().account(), rules)).plan();
  }

  private SamplePlan() {}
}
