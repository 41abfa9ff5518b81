package dev.repli.guardrail;

import dev.repli.database.survey.Reading;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RouteFacts;
import dev.repli.route.RouteSession.RouteState;

/** One route of the plan. */
public record RouteLook(RouteSpec spec, Reading<RouteState> state, Reading<RouteFacts> facts) {}
