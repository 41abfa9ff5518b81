package dev.repli.route.appconfig;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.RouteAct;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import dev.repli.route.appconfig.ConfigText.BadConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Applications connect to the node themselves: there is nothing that could hold, count or end their
 * connections. What the file says survives a restart by itself.
 */
final class AppConfigSession implements RouteSession {
  private static final String HOST = "[A-Za-z0-9._:-]{1,253}";

  private final RouteSpec.AppConfig spec;
  private final Plan plan;
  private final ConfigFile file;
  private final ActLog log;
  private final InstantSource clock;

  AppConfigSession(
      RouteSpec.AppConfig spec, Plan plan, ConfigFile file, ActLog log, InstantSource clock) {
    this.spec = spec;
    this.plan = plan;
    this.file = file;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public RouteSpec spec() {
    return spec;
  }

  @Override
  public RouteState look() {
    ConfigText text = read();
    String host = text.value(spec.hostKey());
    String port = text.value(spec.portKey());
    Optional<Node.Role> writer =
        pointsTo(host, port, Node.Role.SOURCE)
            ? Optional.of(Node.Role.SOURCE)
            : Optional.of(Node.Role.TARGET).filter(target -> pointsTo(host, port, target));
    return new RouteState(writer, -1, -1, file.path() + " says " + host + ":" + port);
  }

  private ConfigText read() {
    try {
      ConfigText text = file.read();
      text.value(spec.hostKey());
      text.value(spec.portKey());
      return text;
    } catch (IOException | BadConfigException e) {
      throw new RouteException(spec.name(), "read " + file.path(), e);
    }
  }

  private boolean pointsTo(String host, String port, Node.Role node) {
    Endpoint address = plan.node(node).address();
    return host.equals(address.host()) && port.equals(Integer.toString(address.port()));
  }

  @Override
  public boolean canHold() {
    return false;
  }

  @Override
  public int hold(Node.Role writer, Duration atMost) {
    return -1;
  }

  @Override
  public void release(Node.Role writer) {
    // nothing was held
  }

  /** Reloads even if the file is right already: an earlier attempt may have died in between. */
  @Override
  public void routeTo(Node.Role writer) {
    logged(editing(writer), () -> edit(writer));
    if (!spec.reload().isEmpty()) {
      logged(reloading(), this::reload);
    }
    if (!look().writer().equals(Optional.of(writer))) {
      throw new RouteException(
          spec.name(), "read back " + file.path(), "somebody else changed it: " + look().detail());
    }
  }

  private String edit(Node.Role writer) throws IOException {
    Endpoint to = plan.node(writer).address();
    if (!to.host().matches(HOST)) {
      throw new BadConfigException("a host has only letters, digits, '.', '_', ':' and '-'");
    }
    ConfigText before = read();
    ConfigText after =
        before.with(spec.hostKey(), to.host()).with(spec.portKey(), Integer.toString(to.port()));
    if (after.text().equals(before.text())) {
      return "ok, it said so already";
    }
    Path kept = file.replace(after, clock.instant());
    return "ok, the old one is " + kept.getFileName();
  }

  private String reload() throws IOException {
    new ReloadCommand(spec.reload(), spec.reloadTimeout()).run();
    return "ok";
  }

  @Override
  public Optional<Integer> endSessions(Node.Role node) {
    return Optional.empty();
  }

  @Override
  public void save() {
    // the file is what is saved
  }

  @Override
  public List<String> commands(RouteAct act, Node.Role node) {
    return switch (act) {
      case HOLD, RELEASE, END_SESSIONS, SAVE -> List.of();
      case ROUTE_TO ->
          spec.reload().isEmpty() ? List.of(editing(node)) : List.of(editing(node), reloading());
    };
  }

  private String editing(Node.Role writer) {
    Endpoint to = plan.node(writer).address();
    return "edit %s: %s = %s, %s = %d"
        .formatted(file.path(), spec.hostKey(), to.host(), spec.portKey(), to.port());
  }

  /** Arguments may carry secrets as those of any program. */
  private String reloading() {
    return "run " + ReloadCommand.withoutSecrets(String.join(" ", spec.reload()));
  }

  private void logged(String command, Callable<String> doing) {
    long start = System.nanoTime();
    String outcome = "failed";
    try {
      outcome = doing.call();
    } catch (RouteException e) {
      throw e;
    } catch (Exception e) {
      outcome = String.valueOf(e.getMessage());
      throw new RouteException(spec.name(), command, e);
    } finally {
      log.ran(spec.name(), command, Duration.ofNanos(System.nanoTime() - start), outcome);
    }
  }

  @Override
  public void close() {
    // nothing is open
  }
}
