package dev.repli.route;

import dev.repli.plan.Account;
import dev.repli.plan.ApprovalRules;
import dev.repli.plan.BlockerPolicy;
import dev.repli.plan.Budgets;
import dev.repli.plan.Checks;
import dev.repli.plan.CutoverRules;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.SecretRef;
import dev.repli.plan.StepLimits;
import dev.repli.plan.WriteProbe;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Plans for tests of routes: only nodes' addresses and the route matter. */
public final class RoutePlans {
  private static final Account NOBODY = new Account("nobody", new SecretRef("env:NO_SECRET"));

  private RoutePlans() {}

  public static Plan plan(Endpoint source, Endpoint target, RouteSpec route) {
    Duration second = Duration.ofSeconds(1);
    Duration hour = Duration.ofHours(1);
    return new Plan(
        new PlanId("routes"),
        "Routes",
        Locale.ENGLISH,
        node(Node.Role.SOURCE, source),
        node(Node.Role.TARGET, target),
        List.of(route),
        hour,
        new Budgets(
            Duration.ofSeconds(10),
            second,
            second.multipliedBy(5),
            Duration.ofMillis(3),
            second,
            hour),
        BlockerPolicy.WAIT,
        new WriteProbe(false, second, NOBODY),
        new ApprovalRules(List.of("approvers"), hour),
        new StepLimits(hour, hour, hour, hour, hour, hour, List.of()),
        CutoverRules.DEFAULT,
        new Checks(List.of(), List.of(), List.of()),
        "0".repeat(64));
  }

  private static Node node(Node.Role role, Endpoint at) {
    return new Node(
        role, Node.Kind.MARIADB, at, NOBODY, NOBODY, Node.Tls.DISABLED, Optional.empty());
  }
}
