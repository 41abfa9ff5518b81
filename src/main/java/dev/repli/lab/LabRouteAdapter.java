package dev.repli.lab;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.Route;
import dev.repli.route.RouteAct;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Reaches the demo's in-process route. */
@Component
final class LabRouteAdapter implements Route {
  private final LabRoutes routes;

  LabRouteAdapter(LabRoutes routes) {
    this.routes = routes;
  }

  @Override
  public Class<RouteSpec.Lab> serves() {
    return RouteSpec.Lab.class;
  }

  @Override
  public RouteSession connect(RouteSpec spec, Plan plan, ActLog log) {
    LabRoute route =
        routes
            .find(spec.name())
            .orElseThrow(
                () ->
                    new RouteException(
                        spec.name(), "find it", "no lab route of this name runs in this program"));
    return new Session(spec, route, log);
  }

  /** Like HAProxy it cannot hold, and it remembers nothing. */
  private record Session(RouteSpec spec, LabRoute route, ActLog log) implements RouteSession {
    @Override
    public RouteState look() {
      return new RouteState(
          Optional.of(route.writer()),
          route.sessions(Node.Role.SOURCE),
          route.sessions(Node.Role.TARGET),
          "new connections go to the " + route.writer().word());
    }

    @Override
    public boolean canHold() {
      return false;
    }

    @Override
    public int hold(Node.Role writer, Duration atMost) {
      return route.sessions(writer);
    }

    @Override
    public void release(Node.Role writer) {
      // nothing was held
    }

    @Override
    public void routeTo(Node.Role writer) {
      logged(
          RouteAct.ROUTE_TO,
          writer,
          () -> {
            route.routeTo(writer);
            return 0;
          });
    }

    @Override
    public Optional<Integer> endSessions(Node.Role node) {
      return Optional.of(logged(RouteAct.END_SESSIONS, node, () -> route.endSessions(node)));
    }

    @Override
    public void save() {
      // it lives as long as the demo
    }

    @Override
    public List<String> commands(RouteAct act, Node.Role node) {
      return switch (act) {
        case HOLD, RELEASE, SAVE -> List.of();
        case ROUTE_TO -> List.of("lab route: new connections to the " + node.word());
        case END_SESSIONS -> List.of("lab route: end connections to the " + node.word());
      };
    }

    private int logged(RouteAct act, Node.Role node, Supplier<Integer> doing) {
      long start = System.nanoTime();
      int result = doing.get();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      commands(act, node).forEach(command -> log.ran(spec.name(), command, took, "ok"));
      return result;
    }

    @Override
    public void close() {
      // the route belongs to the demo
    }
  }
}
