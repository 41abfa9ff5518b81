package dev.repli.guardrail.routes;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.RouteLook;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class QueueBudget implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.ROUTES, "queue-budget", "Held work waits longer than the longest write outage")
        .protectsFrom("error 9001 for everybody who waits in the proxy while the writer moves")
        .reads(
            "ProxySQL: mysql-connect_timeout_server_max; budgets.writeOutage and"
                + " budgets.lease of the plan")
        .mend(
            "SET mysql-connect_timeout_server_max above the plan's lease, LOAD MYSQL"
                + " VARIABLES TO RUNTIME");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    Duration needed = situation.plan().budgets().writeOutage();
    for (RouteLook route : situation.routes()) {
      route
          .facts()
          .get()
          .queueLimit()
          .filter(limit -> !limit.isZero() && limit.compareTo(needed) <= 0)
          .ifPresent(
              limit ->
                  problems.add(
                      "%s: work waits %d ms at most, the outage may take %d ms"
                          .formatted(route.spec().name(), limit.toMillis(), needed.toMillis())));
    }
    return Verdict.unless(
        problems, "longer than " + needed.toMillis() + " ms, where a route holds work");
  }
}
