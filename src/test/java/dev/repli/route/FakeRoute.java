package dev.repli.route;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route in memory that fails when told to. Serves {@link RouteSpec.Lab}; everything that clients
 * would notice is in its public methods.
 */
public final class FakeRoute implements Route {
  private final Map<Node.Role, Integer> sessions = new EnumMap<>(Node.Role.class);
  private final Map<RouteAct, Integer> failures = new EnumMap<>(RouteAct.class);
  private final List<String> sent = new ArrayList<>();
  private final boolean holds;
  private Node.Role writer;
  private boolean held;
  private Optional<ReadWeights> weights = Optional.of(new ReadWeights(0, Map.of("old", 1)));
  private boolean targetReady = true;
  private int reads;
  private int spreadFailures;
  private boolean reachable = true;
  private Runnable beforeAct = () -> {};
  private int saves;
  private final Map<Node.Role, Integer> limits = new EnumMap<>(Node.Role.class);
  private int limitFailures;

  private FakeRoute(Node.Role writer, boolean holds) {
    this.writer = writer;
    this.holds = holds;
  }

  /** Like ProxySQL: can hold. */
  public static FakeRoute holding(Node.Role writer) {
    return new FakeRoute(writer, true);
  }

  /** Like HAProxy: cannot hold. */
  public static FakeRoute cutting(Node.Role writer) {
    return new FakeRoute(writer, false);
  }

  /** Who answers a new client; empty when it has to wait. */
  public Optional<Node.Role> whoAnswers() {
    return held ? Optional.empty() : Optional.of(writer);
  }

  /** Puts sessions on a node that do not leave by themselves. */
  public void stay(Node.Role node, int count) {
    sessions.put(node, count);
  }

  /** The next acts of this kind fail, so many times, without any effect. */
  public void failNext(RouteAct act, int times) {
    failures.put(act, times);
  }

  /** The next times that reads are to be spread differently fail, without any effect. */
  public void failNextSpread(int times) {
    spreadFailures = times;
  }

  /** The next times that a limit is to be changed fail, without any effect. */
  public void failNextLimit(int times) {
    limitFailures = times;
  }

  /** How many connections to a node it allows. */
  public int limit(Node.Role node) {
    return limits.getOrDefault(node, 1000);
  }

  /** An administrator sets another limit. */
  public void limit(Node.Role node, int atMost) {
    limits.put(node, atMost);
  }

  /** What reads are spread by now; empty takes the readers away. */
  public void weights(Optional<ReadWeights> now) {
    weights = now;
  }

  public ReadWeights weights() {
    return weights.orElseThrow();
  }

  public void targetReady(boolean yes) {
    targetReady = yes;
  }

  /** Who answers the next read. */
  public Node.Role whoReads() {
    reads++;
    double share = weights().targetShare();
    boolean target = Math.floor(reads * share / 100) > Math.floor((reads - 1) * share / 100);
    return target ? Node.Role.TARGET : Node.Role.SOURCE;
  }

  public void reachable(boolean yes) {
    reachable = yes;
  }

  /** Runs before each act takes effect, for example to look at the nodes at that moment. */
  public void beforeEachAct(Runnable look) {
    beforeAct = look;
  }

  /** Commands so far, in order. */
  public List<String> sent() {
    return List.copyOf(sent);
  }

  public int saves() {
    return saves;
  }

  @Override
  public Class<RouteSpec.Lab> serves() {
    return RouteSpec.Lab.class;
  }

  @Override
  public RouteSession connect(RouteSpec spec, Plan plan, ActLog log) {
    if (!reachable) {
      throw new RouteException(spec.name(), "connect", "refused");
    }
    return new Session(spec, log);
  }

  private int sessionsOn(Node.Role node) {
    return sessions.getOrDefault(node, 0);
  }

  private final class Session implements RouteSession {
    private final RouteSpec spec;
    private final ActLog log;

    Session(RouteSpec spec, ActLog log) {
      this.spec = spec;
      this.log = log;
    }

    @Override
    public RouteSpec spec() {
      return spec;
    }

    @Override
    public RouteState look() {
      return new RouteState(
          whoAnswers(),
          sessionsOn(Node.Role.SOURCE),
          sessionsOn(Node.Role.TARGET),
          "new work goes to " + whoAnswers().map(Node.Role::word).orElse("nobody"));
    }

    @Override
    public boolean canHold() {
      return holds;
    }

    @Override
    public int hold(Node.Role node, Duration atMost) {
      act(RouteAct.HOLD, node);
      held = held || holds;
      return sessionsOn(node);
    }

    @Override
    public void release(Node.Role node) {
      act(RouteAct.RELEASE, node);
      held = false;
    }

    @Override
    public void routeTo(Node.Role node) {
      act(RouteAct.ROUTE_TO, node);
      writer = node;
      held = false;
    }

    @Override
    public Optional<Integer> endSessions(Node.Role node) {
      act(RouteAct.END_SESSIONS, node);
      return Optional.ofNullable(sessions.put(node, 0)).or(() -> Optional.of(0));
    }

    @Override
    public void save() {
      act(RouteAct.SAVE, writer);
      saves++;
    }

    @Override
    public List<String> commands(RouteAct act, Node.Role node) {
      return switch (act) {
        case HOLD, RELEASE -> holds ? List.of("fake " + act + " " + node) : List.of();
        case ROUTE_TO, END_SESSIONS -> List.of("fake " + act + " " + node);
        case SAVE -> List.of("fake SAVE");
      };
    }

    @Override
    public Optional<ReadSpread> reads() {
      return weights.map(now -> new ReadSpread(now, targetReady, "weights " + now));
    }

    @Override
    public List<String> spreadCommands(ReadWeights wanted) {
      return weights.filter(now -> !wanted.equals(now)).stream()
          .map(now -> "fake weights " + wanted)
          .toList();
    }

    @Override
    public void spreadReads(ReadWeights wanted) {
      beforeAct.run();
      if (spreadFailures-- > 0) {
        throw new RouteException(spec.name(), "spread reads", "told to fail");
      }
      for (String command : spreadCommands(wanted)) {
        sent.add(command);
        log.ran(spec.name(), command, Duration.ZERO, "ok");
      }
      weights = Optional.of(wanted);
    }

    @Override
    public Optional<ConnectionLimit> limit(Node.Role node) {
      return Optional.of(new ConnectionLimit(FakeRoute.this.limit(node), sessionsOn(node)));
    }

    @Override
    public List<String> limitCommands(Node.Role node, int atMost) {
      return List.of("fake limit " + node + " " + atMost);
    }

    @Override
    public void limit(Node.Role node, int atMost) {
      beforeAct.run();
      if (limitFailures-- > 0) {
        throw new RouteException(spec.name(), "limit connections", "told to fail");
      }
      for (String command : limitCommands(node, atMost)) {
        sent.add(command);
        log.ran(spec.name(), command, Duration.ZERO, "ok");
      }
      limits.put(node, atMost);
    }

    private void act(RouteAct act, Node.Role node) {
      beforeAct.run();
      if (failures.merge(act, -1, Integer::sum) >= 0) {
        throw new RouteException(spec.name(), act.name(), "told to fail");
      }
      for (String command : commands(act, node)) {
        sent.add(command);
        log.ran(spec.name(), command, Duration.ZERO, "ok");
      }
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
