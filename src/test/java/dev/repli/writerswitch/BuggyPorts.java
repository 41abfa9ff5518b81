package dev.repli.writerswitch;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Fence;
import dev.repli.database.ProbeConnection;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RouteSession;
import dev.repli.run.RunKey;
import dev.repli.writerswitch.Carrier.Carriage;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A switch with one bug in it, to see whether the checkers find it. */
record BuggyPorts(SwitchLab lab, SwitchPorts real, Bug bug) implements SwitchPorts {
  /** What is wrong. */
  enum Bug {
    SKIPS_THE_WAIT,
    IGNORES_THE_CANCEL,
    OPENS_BEFORE_SEALING,
    BELIEVES_ITS_FENCE,
    FORGETS_THE_POINT_OF_NO_RETURN,
    LEAVES_THE_ROUTE
  }

  @Override
  public NodeSession connect(Node node, Duration lease, Consumer<Evidence> evidence) {
    NodeSession session = real.connect(node, lease, evidence);
    return proxy(
        NodeSession.class,
        (self, method, arguments) ->
            switch (bug + " " + method.getName()) {
              case "SKIPS_THE_WAIT waitFor" -> new CatchUp.Reached(Duration.ZERO);
              case "IGNORES_THE_CANCEL cancelDeadMan" -> null;
              case "OPENS_BEFORE_SEALING cancelDeadMan" -> {
                lab.database.source().readOnly(false);
                yield invoke(method, session, arguments);
              }
              case "BELIEVES_ITS_FENCE fence" -> new Fence.Fenced();
              case "BELIEVES_ITS_FENCE isFenced" -> true;
              default -> invoke(method, session, arguments);
            });
  }

  @Override
  public RouteSession connect(RouteSpec spec, Plan plan, Consumer<Evidence> evidence) {
    RouteSession session = real.connect(spec, plan, evidence);
    return proxy(
        RouteSession.class,
        (self, method, arguments) ->
            bug == Bug.LEAVES_THE_ROUTE && method.getName().equals("routeTo")
                ? null
                : invoke(method, session, arguments));
  }

  @Override
  public Journal.Session journal(RunKey run, Consumer<Evidence> evidence) {
    Journal.Session session = real.journal(run, evidence);
    return proxy(
        Journal.Session.class,
        (self, method, arguments) ->
            bug == Bug.FORGETS_THE_POINT_OF_NO_RETURN
                    && arguments != null
                    && arguments[0] instanceof Milestone milestone
                    && milestone.name().equals(SwitchMilestones.POINT_OF_NO_RETURN)
                ? Optional.of(session.append(new Milestone("FORGOTTEN", "nothing", Map.of())))
                : invoke(method, session, arguments));
  }

  @Override
  public Carriage carry(SwitchRequest request, Consumer<Evidence> evidence) {
    return real.carry(request, evidence);
  }

  @Override
  public StandingStream stream(Consumer<Evidence> evidence) {
    return real.stream(evidence);
  }

  @Override
  public ProbeConnection openProbe(SwitchRequest request, Endpoint at, Node like) {
    return real.openProbe(request, at, like);
  }

  @Override
  public void keep(RunKey run, List<Evidence> evidence) {
    real.keep(run, evidence);
  }

  @Override
  public Optional<SwitchAttempt> rehearsal(SwitchAttempt attempt) {
    return Optional.empty();
  }

  @Override
  public boolean writes() {
    return true;
  }

  private static <T> T proxy(Class<T> port, InvocationHandler handler) {
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }

  private static Object invoke(Method method, Object behind, Object[] arguments) throws Throwable {
    try {
      return method.invoke(behind, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
