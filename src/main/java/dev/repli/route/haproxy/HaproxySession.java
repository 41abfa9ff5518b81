package dev.repli.route.haproxy;

import dev.repli.plan.Node;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.ConnectionLimit;
import dev.repli.route.ReadBack;
import dev.repli.route.ReadSpread;
import dev.repli.route.ReadWeights;
import dev.repli.route.RouteAct;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * HAProxy can neither hold work back nor move established sessions: clients of the old writer are
 * cut once, after the fence.
 */
final class HaproxySession implements RouteSession {
  /** Leaving maintenance shows at once; a health check that is against it would show by then. */
  private static final Duration EFFECT = Duration.ofSeconds(2);

  /** Sessions are gone within 1 ms when their servers answer (measured). */
  private static final Duration GOODBYE = Duration.ofMillis(50);

  private static final int NEVER_REACHED = 1_000_000;

  private final RouteSpec.Haproxy spec;
  private final RuntimeApi api;
  private final ActLog log;
  private final ReadBack readBack;

  HaproxySession(RouteSpec.Haproxy spec, RuntimeApi api, ActLog log, ReadBack readBack) {
    this.spec = spec;
    this.api = api;
    this.log = log;
    this.readBack = readBack;
  }

  /** Refuses what a switch would stumble over later. */
  void check() {
    String level = ask("show cli level");
    if (!level.equals("admin")) {
      throw new RouteException(
          spec.name(), "show cli level", level + "; the socket needs 'level admin'");
    }
    for (ServerStat server : servers()) {
      boolean ours =
          server.name().equals(spec.sourceServer()) || server.name().equals(spec.targetServer());
      if (!ours && server.getsNewWork()) {
        throw new RouteException(
            spec.name(),
            "look at backend " + spec.backend(),
            "server " + server.name() + " gets new work, too; put it into maintenance first");
      }
    }
    look();
  }

  @Override
  public RouteSpec spec() {
    return spec;
  }

  @Override
  public RouteState look() {
    List<ServerStat> servers = servers();
    ServerStat source = find(servers, Node.Role.SOURCE);
    ServerStat target = find(servers, Node.Role.TARGET);
    Optional<Node.Role> writer =
        source.getsNewWork() == target.getsNewWork()
            ? Optional.empty()
            : Optional.of(source.getsNewWork() ? Node.Role.SOURCE : Node.Role.TARGET);
    String detail =
        servers.stream()
            .map(s -> s.name() + " " + s.status() + " (" + s.sessions() + " sessions)")
            .collect(Collectors.joining(", ", spec.backend() + ": ", ""));
    return new RouteState(writer, source.sessions(), target.sessions(), detail);
  }

  private List<ServerStat> servers() {
    String command = "show stat " + spec.backend() + " 4 -1";
    try {
      return ServerStat.parse(ask(command));
    } catch (IllegalArgumentException e) {
      throw new RouteException(spec.name(), command, e);
    }
  }

  private ServerStat find(List<ServerStat> servers, Node.Role node) {
    return servers.stream()
        .filter(server -> server.name().equals(serverOf(node)))
        .findFirst()
        .orElseThrow(
            () ->
                new RouteException(
                    spec.name(),
                    "look at backend " + spec.backend(),
                    "it has no server " + serverOf(node) + "; correct the plan or HAProxy's file"));
  }

  private String serverOf(Node.Role node) {
    return node == Node.Role.SOURCE ? spec.sourceServer() : spec.targetServer();
  }

  @Override
  public boolean canHold() {
    return false;
  }

  @Override
  public int hold(Node.Role writer, Duration atMost) {
    return look().sessionsOn(writer);
  }

  @Override
  public void release(Node.Role writer) {
    // nothing was held
  }

  @Override
  public void routeTo(Node.Role writer) {
    send(RouteAct.ROUTE_TO, writer);
    boolean there =
        readBack.within(
            EFFECT,
            () -> {
              List<ServerStat> servers = servers();
              return find(servers, writer).getsNewWork() && find(servers, writer.other()).isOut();
            });
    if (!there) {
      throw new RouteException(
          spec.name(), "read back that all new work goes to " + serverOf(writer), look().detail());
    }
  }

  /**
   * HAProxy closes both directions at once, so nothing can be written any more. A session whose
   * server does not answer to that (it is frozen, or its machine is gone) stays counted until
   * HAProxy's own time-out, which is no reason to fail.
   */
  @Override
  public Optional<Integer> endSessions(Node.Role node) {
    int before = look().sessionsOn(node);
    send(RouteAct.END_SESSIONS, node);
    readBack.within(GOODBYE, () -> isIdle(node));
    return Optional.of(before);
  }

  /** A server that still gets new work may have new sessions at once. */
  private boolean isIdle(Node.Role node) {
    ServerStat server = find(servers(), node);
    return server.getsNewWork() || server.sessions() == 0;
  }

  /**
   * Nothing: the runtime API cannot write HAProxy's configuration. After a restart HAProxy does
   * what its file says; whoever owns the file has to swap the two servers there.
   */
  @Override
  public void save() {
    // see above
  }

  @Override
  public List<String> commands(RouteAct act, Node.Role node) {
    return switch (act) {
      case HOLD, RELEASE, SAVE -> List.of();
      case ROUTE_TO -> List.of(setState(node, "ready"), setState(node.other(), "maint"));
      case END_SESSIONS ->
          List.of("shutdown sessions server " + spec.backend() + "/" + serverOf(node));
    };
  }

  private String setState(Node.Role node, String state) {
    return "set server " + spec.backend() + "/" + serverOf(node) + " state " + state;
  }

  @Override
  public Optional<ConnectionLimit> limit(Node.Role node) {
    ServerStat server = find(servers(), node);
    return Optional.of(new ConnectionLimit(server.limit(), server.sessions()));
  }

  /**
   * Zero is HAProxy's word for no limit, but lets nobody in who waits already (measured with 2.6):
   * a limit that nobody reaches does that first.
   */
  @Override
  public List<String> limitCommands(Node.Role node, int atMost) {
    return atMost == ConnectionLimit.NONE
        ? List.of(setLimit(node, NEVER_REACHED), setLimit(node, 0))
        : List.of(setLimit(node, atMost));
  }

  private String setLimit(Node.Role node, int atMost) {
    return "set maxconn server " + spec.backend() + "/" + serverOf(node) + " " + atMost;
  }

  /**
   * Not {@code state drain}: with no other server ready that closes new clients at once. Above the
   * limit they wait for up to {@code timeout queue}.
   */
  @Override
  public void limit(Node.Role node, int atMost) {
    send(limitCommands(node, atMost));
    if (!readBack.within(EFFECT, () -> find(servers(), node).limit() == atMost)) {
      throw new RouteException(
          spec.name(),
          "read back maxconn " + ConnectionLimit.inWords(atMost),
          ConnectionLimit.inWords(find(servers(), node).limit()));
    }
  }

  @Override
  public Optional<ReadSpread> reads() {
    return readers().map(ReadBackend::look);
  }

  @Override
  public List<String> spreadCommands(ReadWeights wanted) {
    return readers().map(readers -> readers.commands(wanted)).orElse(List.of());
  }

  @Override
  public void spreadReads(ReadWeights wanted) {
    ReadBackend readers =
        readers()
            .orElseThrow(
                () ->
                    new RouteException(
                        spec.name(), "spread reads", "the plan names no readBackend here"));
    send(readers.commands(wanted));
    if (!readBack.within(EFFECT, () -> wanted.holdIn(readers.look().weights()))) {
      throw new RouteException(
          spec.name(), "read back the weights " + wanted, readers.look().detail());
    }
  }

  private Optional<ReadBackend> readers() {
    return spec.readBackend().map(backend -> new ReadBackend(spec, backend, this::ask));
  }

  private void send(RouteAct act, Node.Role node) {
    send(commands(act, node));
  }

  private void send(List<String> commands) {
    for (String command : commands) {
      long start = System.nanoTime();
      String outcome = "no answer";
      try {
        // there is no status code: nothing is ok, any text is an objection
        String answer = ask(command);
        outcome = answer.isEmpty() ? "ok" : answer;
        if (!answer.isEmpty() && !isHarmless(answer)) {
          throw new RouteException(spec.name(), command, answer);
        }
      } finally {
        log.ran(spec.name(), command, Duration.ofNanos(System.nanoTime() - start), outcome);
      }
    }
  }

  private static boolean isHarmless(String answer) {
    return answer.startsWith("nothing changed") || answer.startsWith("no need to change");
  }

  private String ask(String command) {
    try {
      return api.ask(command);
    } catch (IOException e) {
      throw new RouteException(spec.name(), command, e);
    }
  }

  @Override
  public void close() {
    api.close();
  }
}
