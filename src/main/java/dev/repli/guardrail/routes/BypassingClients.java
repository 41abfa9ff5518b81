package dev.repli.guardrail.routes;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.RouteSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

@Component
final class BypassingClients implements Guardrail {

  @Override
  public About about() {
    return About.warns(Group.ROUTES, "bypassing-clients", "No client goes past the routes")
        .protectsFrom(
            "applications that nobody moves: they are refused by the fenced writer, and"
                + " stay there")
        .reads("hosts of live sessions on the writer against those of the routes in the plan")
        .mend(
            "let these applications use the route, or add what leads them as a route to"
                + " the plan; long pool lifetimes end with the switch");
  }

  @Override
  public Verdict check(Situation situation) {
    List<RouteSpec> proxies =
        situation.plan().routes().stream().filter(BypassingClients::relays).toList();
    if (proxies.isEmpty()) {
      return Verdict.holds("no route of the plan stands between clients and nodes");
    }
    Set<String> hosts = new TreeSet<>();
    for (RouteSpec proxy : proxies) {
      proxy.endpoint().ifPresent(endpoint -> hosts.add(endpoint.address().host()));
      if (proxy instanceof RouteSpec.ProxySql proxySql) {
        hosts.add(proxySql.admin().host());
      }
    }
    Map<String, Long> past =
        situation.writer().work().get().clients().stream()
            .filter(
                s ->
                    !s.hostName().isEmpty()
                        && !s.hostName().equals("localhost")
                        && !hosts.contains(s.hostName()))
            .collect(
                Collectors.groupingBy(
                    s -> s.user() + " from " + s.hostName(), TreeMap::new, Collectors.counting()));
    List<String> problems =
        past.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue() + " sessions").toList();
    return Verdict.unless(problems, "all come from " + hosts);
  }

  private static boolean relays(RouteSpec route) {
    return route instanceof RouteSpec.ProxySql
        || route instanceof RouteSpec.Haproxy
        || route instanceof RouteSpec.Lab;
  }
}
