package dev.repli.guardrail.routes;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class RouteMonitors implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.ROUTES, "route-monitors", "No monitor of a route moves servers against the plan")
        .protectsFrom(
            "the other hostgroup numbers than those of the plan in"
                + " mysql_replication_hostgroups: the monitor moves the writer to where nobody"
                + " looks")
        .reads("ProxySQL: mysql_replication_hostgroups in use, mysql-monitor_enabled")
        .mend(
            "correct the hostgroups of the plan or of ProxySQL, so that both name the"
                + " same writer and reader");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    situation
        .routes()
        .forEach(
            r -> r.facts().get().fights().forEach(p -> problems.add(r.spec().name() + ": " + p)));
    return Verdict.unless(problems, "none does");
  }
}
