package dev.repli.route;

/** A command that a dry run would have sent: to which route, and its exact text. */
public record PlannedRouteAct(String route, String command) {}
