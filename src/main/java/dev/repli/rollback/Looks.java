package dev.repli.rollback;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import dev.repli.route.RouteSession.RouteState;
import dev.repli.route.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Opens nodes and routes only to look at them. A node that does not answer is a finding. */
public final class Looks {
  private final Databases databases;
  private final Routes routes;

  Looks(Databases databases, Routes routes) {
    this.databases = databases;
    this.routes = routes;
  }

  public Findings atNode(Plan plan, Node node, Function<NodeSession, List<Finding>> look) {
    try (NodeSession session = connect(plan, node)) {
      return new Findings(look.apply(session));
    } catch (NodeException e) {
      return new Findings(List.of(Finding.bad("look at the node", node.label(), said(e))));
    }
  }

  public Findings atBoth(Plan plan, BiFunction<NodeSession, NodeSession, List<Finding>> look) {
    return atNode(
        plan,
        plan.source(),
        source -> atNode(plan, plan.target(), target -> look.apply(source, target)).all());
  }

  public Findings atRoutes(Plan plan, BiFunction<RouteSpec, RouteState, List<Finding>> look) {
    List<Finding> findings = new ArrayList<>();
    for (RouteSpec spec : plan.routes()) {
      try (RouteSession session = routes.connect(spec, plan, dev.repli.route.ActLog.NONE)) {
        findings.addAll(look.apply(spec, session.look()));
      } catch (RouteException e) {
        findings.add(Finding.bad("look at the route", spec.name(), said(e)));
      }
    }
    return new Findings(findings);
  }

  public NodeSession connect(Plan plan, Node node) {
    return databases.connect(node, plan.budgets().lease(), ActLog.NONE);
  }

  private static String said(RuntimeException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
