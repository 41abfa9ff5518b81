package dev.repli.route;

/** What can be asked of a route that changes something; for {@link RouteSession#commands}. */
public enum RouteAct {
  HOLD,
  RELEASE,
  ROUTE_TO,
  END_SESSIONS,
  SAVE
}
