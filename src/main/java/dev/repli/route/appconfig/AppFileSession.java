package dev.repli.route.appconfig;

import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostException;
import dev.repli.host.HostResult;
import dev.repli.plan.Node;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.RouteAct;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The login is made when the session begins; each act is commands on it. As with any file there is
 * nothing that could hold, count or end connections.
 */
final class AppFileSession implements RouteSession {
  private final RouteSpec.AppFile spec;
  private final Host host;
  private final HostedFile file;
  private final ActLog log;
  private final InstantSource clock;

  AppFileSession(
      RouteSpec.AppFile spec, Host host, HostedFile file, ActLog log, InstantSource clock) {
    this.spec = spec;
    this.host = host;
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
    AddressText now = read();
    return new RouteState(now.writer(), -1, -1, place() + ": " + now.found());
  }

  private AddressText read() {
    try {
      return new AddressText(spec, file.read());
    } catch (HostException e) {
      throw new RouteException(spec.name(), "read " + file.path(), e);
    }
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
    RouteState now = look();
    if (!now.writer().equals(Optional.of(writer))) {
      throw new RouteException(
          spec.name(), "read back " + file.path(), "somebody else changed it: " + now.detail());
    }
  }

  private String edit(Node.Role writer) {
    String before = file.read();
    AddressText text = new AddressText(spec, before);
    Optional<Node.Role> now = text.writer();
    if (now.isEmpty()) {
      throw HostedFile.problem(host, "edit " + file.path(), text.found());
    }
    if (now.get() == writer) {
      return "ok, it said so already";
    }
    Path kept = file.replace(before, text.leadingTo(writer), spec.owner(), clock.instant());
    return "ok, the old one is " + kept.getFileName();
  }

  private String reload() {
    HostResult result = host.run(HostCommand.acts(spec.reloadTimeout(), spec.reload()));
    if (!result.good()) {
      String why = ReloadCommand.withoutSecrets(result.why());
      throw HostedFile.problem(host, reloading(), why);
    }
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

  /** The two lines of a diff, as the plan has them. */
  private String editing(Node.Role writer) {
    return "edit %s: - %s + %s".formatted(place(), spec.text(writer.other()), spec.text(writer));
  }

  /** Arguments may carry secrets as those of any program. */
  private String reloading() {
    return "run on "
        + host.label()
        + ": "
        + ReloadCommand.withoutSecrets(String.join(" ", spec.reload()));
  }

  private String place() {
    return file.path() + " on " + host.label();
  }

  private void logged(String command, Supplier<String> doing) {
    long start = System.nanoTime();
    String outcome = "failed";
    try {
      outcome = doing.get();
    } catch (HostException e) {
      outcome = String.valueOf(e.getMessage());
      throw new RouteException(spec.name(), command, e);
    } finally {
      log.ran(spec.name(), command, Duration.ofNanos(System.nanoTime() - start), outcome);
    }
  }

  @Override
  public void close() {
    host.close();
  }
}
