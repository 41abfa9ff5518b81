package dev.repli.route.appconfig;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.RouteException;
import dev.repli.route.appconfig.ConfigText.BadConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** A file on the machine of Repli with a key for the host and one for the port. */
final class AppConfigSession extends EditedFileSession {
  private static final String HOST = "[A-Za-z0-9._:-]{1,253}";

  private final RouteSpec.AppConfig spec;
  private final Plan plan;
  private final ConfigFile file;
  private final InstantSource clock;

  AppConfigSession(
      RouteSpec.AppConfig spec, Plan plan, ConfigFile file, ActLog log, InstantSource clock) {
    super(spec, file.path(), spec.reload(), log);
    this.spec = spec;
    this.plan = plan;
    this.file = file;
    this.clock = clock;
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
  String edit(Node.Role writer) throws IOException {
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

  @Override
  String reload() throws IOException {
    new ReloadCommand(spec.reload(), spec.reloadTimeout()).run();
    return "ok";
  }

  @Override
  String editing(Node.Role writer) {
    Endpoint to = plan.node(writer).address();
    return "edit %s: %s = %s, %s = %d"
        .formatted(file.path(), spec.hostKey(), to.host(), spec.portKey(), to.port());
  }

  @Override
  String reloading() {
    return "run " + ReloadCommand.withoutSecrets(String.join(" ", spec.reload()));
  }

  @Override
  public void close() {
    // nothing is open
  }
}
