package dev.repli.cutover;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.good;

import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.route.ActLog;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import dev.repli.route.Routes;
import java.util.List;

/** Makes every route keep its new state over a restart. */
final class SaveRoutes {
  private final Routes routes;

  SaveRoutes(Routes routes) {
    this.routes = routes;
  }

  Findings save(Plan plan) {
    return new Findings(plan.routes().stream().map(spec -> save(spec, plan)).toList());
  }

  private Finding save(RouteSpec spec, Plan plan) {
    String what = "configuration saved";
    try (RouteSession session = routes.connect(spec, plan, ActLog.NONE)) {
      session.save();
      List<String> commands =
          session.commands(dev.repli.route.RouteAct.SAVE, dev.repli.plan.Node.Role.TARGET);
      return good(
          what, spec.name(), commands.isEmpty() ? "nothing to save" : String.join("; ", commands));
    } catch (RouteException e) {
      return bad(what, spec.name(), String.valueOf(e.getMessage()));
    }
  }
}
