package dev.repli.inplace;

import dev.repli.journal.Evidence.CommandRun;
import dev.repli.plan.Node;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import dev.repli.route.Routes;
import java.time.Duration;

/** What the plan's routes do with the work of applications. Each can be asked for again. */
enum Traffic {
  /** New work waits where the route can hold it; sessions of the node are ended. */
  STOPPED {
    @Override
    void on(RouteSession route, Node.Role node) {
      if (route.canHold()) {
        int unusedLeft = route.hold(node, WORK_IN_FLIGHT);
      }
      var unused = route.endSessions(node);
    }
  },
  /** New work goes to the node. */
  AGAIN {
    @Override
    void on(RouteSession route, Node.Role node) {
      route.release(node);
      route.routeTo(node);
      route.save();
    }
  };

  private static final Duration WORK_IN_FLIGHT = Duration.ofSeconds(5);

  /** A route looks every few seconds whether a server that was down is there again. */
  private static final Duration ROUTES_WITHIN = Duration.ofMinutes(1);

  private static final Duration PAUSE = Duration.ofMillis(500);

  abstract void on(RouteSession route, Node.Role node);

  /**
   * @throws RouteException naming the route
   */
  void apply(Scene scene) {
    ActLog log =
        (route, command, took, outcome) ->
            scene.note(new CommandRun(route, command, took, outcome));
    Routes routes =
        scene.order.dryRun()
            ? scene.ports.routes.dryRun(
                act -> scene.note(Notes.planned(act.route(), act.command())))
            : scene.ports.routes;
    for (RouteSpec spec : scene.order.plan().routes()) {
      apply(scene, routes, spec, log);
    }
  }

  private void apply(Scene scene, Routes routes, RouteSpec spec, ActLog log) {
    Duration waited = Duration.ZERO;
    while (true) {
      scene.watch.mine();
      try (RouteSession route = routes.connect(spec, scene.order.plan(), log)) {
        on(route, scene.at.node().role());
        return;
      } catch (RouteException notYet) {
        if (waited.compareTo(ROUTES_WITHIN) > 0) {
          throw notYet;
        }
        scene.ports.pause.accept(PAUSE);
        waited = waited.plus(PAUSE);
      }
    }
  }
}
