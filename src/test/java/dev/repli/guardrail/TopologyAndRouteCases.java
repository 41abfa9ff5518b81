package dev.repli.guardrail;

import dev.repli.database.survey.Disks;
import dev.repli.database.survey.History;
import dev.repli.database.survey.Reading;
import dev.repli.plan.Account;
import dev.repli.plan.Decider;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Entrance;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.SecretRef;
import dev.repli.route.RouteFacts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How guardrails on the topology, the routes and the time are made to fail. */
final class TopologyAndRouteCases {
  private static final RouteSpec ROUTE = new RouteSpec.Lab("web", Optional.empty());
  private static final RouteSpec PROXY =
      new RouteSpec.ProxySql(
          "proxy",
          Optional.of(new Entrance(new Endpoint("10.0.0.5", 6033), Optional.empty())),
          new Endpoint("10.0.0.5", 6032),
          new Account("admin", new SecretRef("env:ADMIN")),
          10,
          20,
          Duration.ofMillis(500));

  private TopologyAndRouteCases() {}

  static Map<String, Case> all() {
    Map<String, Case> cases = new HashMap<>();
    topology(cases);
    routes(cases);
    cases.put(
        "window-leaves-time",
        Case.of(pair -> pair.change = TopologyAndRouteCases::shortWindow, "both ways take"));
    cases.put(
        "clock-difference",
        Case.of(pair -> pair.target.clockAhead = Duration.ofSeconds(3), "3000 ms"));
    infrastructure(cases);
    return cases;
  }

  private static void infrastructure(Map<String, Case> cases) {
    cases.put(
        "deciders-named",
        Case.of(
            pair -> pair.change = plan -> GuardrailLab.with(plan, List.<Decider>of()),
            "the plan names nobody for approvers"));
    cases.put(
        "disk-free",
        Case.of(
            pair -> pair.target.disks = new Disks(List.of(new Disks.Disk("/", 1000, 99)), ""),
            "datadir is on /"));
    cases.put(
        "disk-known", Case.of(pair -> pair.target.disks = Disks.unknown("no plugin"), "no plugin"));
    cases.put(
        "repli-healthy",
        Case.of(
            pair -> pair.own = List.of(new OwnHealth.Part("job executor", false, "does not run")),
            "job executor: does not run"));
  }

  private static void topology(Map<String, Case> cases) {
    cases.put(
        "one-writer", Case.of(pair -> pair.target.fenced = false, "both nodes accept writes"));
    cases.put(
        "replicates-directly",
        Case.of(
            pair -> pair.target.channel = Optional.of(SurveyedPair.channel(9, 0, Map.of())),
            "replicates from others"));
    cases.put(
        "unique-server-ids", Case.of(pair -> pair.target.serverId = 1, "both have server id 1"));
    cases.put(
        "nodes-of-the-plan", Case.variable("server_uid", "uid-1", "source and target are one"));
    cases.put(
        "no-other-automation",
        Case.of(
            pair -> pair.source.session("maxscale", "10.0.0.9:1", "Sleep", "", ""), "maxscale"));
    cases.put(
        "downstream-consumers",
        Case.of(
            pair -> pair.source.readers.add(new History.Reader(77, "10.0.0.9", 3306)),
            "replica with server id 77"));
  }

  private static void routes(Map<String, Case> cases) {
    cases.put(
        "routes-answer",
        Case.of(
            pair ->
                pair.routes.add(
                    new RouteLook(
                        ROUTE,
                        Reading.unreadable("web: connection refused"),
                        Reading.unreadable("web: connection refused"))),
            "connection refused"));
    cases.put(
        "routes-lead-to-writer",
        Case.of(
            pair -> pair.route(ROUTE, Optional.of(Node.Role.TARGET), RouteFacts.NONE),
            "web: to the target"));
    cases.put(
        "routes-saved",
        Case.of(
            pair -> route(pair, new RouteFacts(List.of("not on disk"), List.of(), none())),
            "web: not on disk"));
    cases.put(
        "route-monitors",
        Case.of(
            pair -> route(pair, new RouteFacts(List.of(), List.of("hostgroup 30"), none())),
            "web: hostgroup 30"));
    cases.put(
        "queue-budget",
        Case.of(
            pair ->
                route(
                    pair, new RouteFacts(List.of(), List.of(), Optional.of(Duration.ofSeconds(1)))),
            "work waits 1000 ms at most"));
    cases.put(
        "bypassing-clients",
        new Case(
            TopologyAndRouteCases::throughTheProxy,
            pair -> pair.source.session("report", "10.0.0.8:1", "Sleep", "", ""),
            "report from 10.0.0.8"));
  }

  private static SurveyedPair throughTheProxy() {
    SurveyedPair pair = SurveyedPair.mariaDb();
    pair.route(PROXY, Optional.of(Node.Role.SOURCE), RouteFacts.NONE);
    pair.source.session("app", "10.0.0.5:4711", "Sleep", "", "");
    return pair;
  }

  private static Optional<Duration> none() {
    return Optional.empty();
  }

  private static void route(SurveyedPair pair, RouteFacts facts) {
    pair.route(ROUTE, Optional.of(Node.Role.SOURCE), facts);
  }

  private static Plan shortWindow(Plan plan) {
    return GuardrailLab.with(plan, Duration.ofHours(1));
  }
}
