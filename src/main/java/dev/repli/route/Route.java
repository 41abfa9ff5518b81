package dev.repli.route;

import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;

/**
 * Adapter of one kind of route. Found by the kind of its specification; two for one kind fail at
 * start.
 */
public interface Route {
  /** The specification that this adapter serves. */
  Class<? extends RouteSpec> serves();

  /**
   * Opens and authenticates every connection that the switch will need on this route; none is
   * opened later.
   *
   * @param log told of every command that changes something, for the journal
   * @throws RouteException naming the route and what was being done
   */
  RouteSession connect(RouteSpec spec, Plan plan, ActLog log);
}
