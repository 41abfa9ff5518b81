package dev.repli.route;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at the real route, but only writes down what would be sent to it. What was "done" shows in
 * later looks of the same session, so that the steps after it go on as they would.
 */
final class DryRunRoute implements Route {
  private final Route real;
  private final Consumer<PlannedRouteAct> acts;

  DryRunRoute(Route real, Consumer<PlannedRouteAct> acts) {
    this.real = real;
    this.acts = acts;
  }

  @Override
  public Class<? extends RouteSpec> serves() {
    return real.serves();
  }

  @Override
  public RouteSession connect(RouteSpec spec, Plan plan, ActLog log) {
    return new Session(real.connect(spec, plan, ActLog.NONE), acts);
  }

  static final class Session implements RouteSession {
    private final RouteSession real;
    private final Consumer<PlannedRouteAct> acts;
    private Optional<RouteState> pretended = Optional.empty();
    private Optional<ReadWeights> spread = Optional.empty();
    private final Map<Node.Role, Integer> limits = new EnumMap<>(Node.Role.class);

    Session(RouteSession real, Consumer<PlannedRouteAct> acts) {
      this.real = real;
      this.acts = acts;
    }

    @Override
    public RouteSpec spec() {
      return real.spec();
    }

    @Override
    public RouteState look() {
      RouteState now = real.look();
      return pretended.orElse(now);
    }

    @Override
    public boolean canHold() {
      return real.canHold();
    }

    @Override
    public List<String> commands(RouteAct act, Node.Role node) {
      return real.commands(act, node);
    }

    @Override
    public int hold(Node.Role writer, Duration atMost) {
      if (!real.canHold()) {
        return real.hold(writer, atMost);
      }
      write(RouteAct.HOLD, writer);
      pretend(Optional.empty(), Optional.of(writer));
      return 0;
    }

    @Override
    public void release(Node.Role writer) {
      if (real.canHold()) {
        write(RouteAct.RELEASE, writer);
        pretend(Optional.of(writer), Optional.empty());
      }
    }

    @Override
    public void routeTo(Node.Role writer) {
      write(RouteAct.ROUTE_TO, writer);
      pretend(Optional.of(writer), Optional.empty());
    }

    @Override
    public Optional<Integer> endSessions(Node.Role node) {
      RouteState before = look();
      write(RouteAct.END_SESSIONS, node);
      pretend(before.writer(), Optional.of(node));
      int sessions = before.sessionsOn(node);
      return sessions < 0 ? Optional.empty() : Optional.of(sessions);
    }

    @Override
    public void save() {
      write(RouteAct.SAVE, look().writer().orElse(Node.Role.SOURCE));
    }

    @Override
    public Optional<ReadSpread> reads() {
      return real.reads()
          .map(
              now ->
                  spread
                      .map(weights -> new ReadSpread(weights, now.targetReady(), "dry run"))
                      .orElse(now));
    }

    @Override
    public List<String> spreadCommands(ReadWeights wanted) {
      return real.spreadCommands(wanted);
    }

    @Override
    public void spreadReads(ReadWeights wanted) {
      if (real.reads().isEmpty()) {
        real.spreadReads(wanted);
        return;
      }
      String route = spec().name();
      real.spreadCommands(wanted).forEach(text -> acts.accept(new PlannedRouteAct(route, text)));
      spread = Optional.of(wanted);
    }

    @Override
    public Optional<ConnectionLimit> limit(Node.Role node) {
      return real.limit(node)
          .map(
              now ->
                  new ConnectionLimit(
                      Optional.ofNullable(limits.get(node)).orElse(now.atMost()), now.open()));
    }

    @Override
    public List<String> limitCommands(Node.Role node, int atMost) {
      return real.limitCommands(node, atMost);
    }

    @Override
    public void limit(Node.Role node, int atMost) {
      String route = spec().name();
      real.limitCommands(node, atMost)
          .forEach(text -> acts.accept(new PlannedRouteAct(route, text)));
      limits.put(node, atMost);
    }

    @Override
    public void close() {
      real.close();
    }

    private void write(RouteAct act, Node.Role node) {
      String route = spec().name();
      real.commands(act, node).forEach(text -> acts.accept(new PlannedRouteAct(route, text)));
    }

    private void pretend(Optional<Node.Role> writer, Optional<Node.Role> emptied) {
      RouteState now = look();
      pretended =
          Optional.of(
              new RouteState(
                  writer,
                  without(now, Node.Role.SOURCE, emptied),
                  without(now, Node.Role.TARGET, emptied),
                  "dry run: " + writer.map(Node.Role::word).orElse("nobody") + " gets new work"));
    }

    private static int without(RouteState now, Node.Role node, Optional<Node.Role> emptied) {
      int sessions = now.sessionsOn(node);
      return sessions > 0 && emptied.equals(Optional.of(node)) ? 0 : sessions;
    }
  }
}
