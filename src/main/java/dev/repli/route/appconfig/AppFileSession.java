package dev.repli.route.appconfig;

import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostException;
import dev.repli.host.HostResult;
import dev.repli.plan.Node;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.RouteException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** A file on any machine: the login is made when the session begins, each act is commands on it. */
final class AppFileSession extends EditedFileSession {
  private final RouteSpec.AppFile spec;
  private final Host host;
  private final HostedFile file;
  private final InstantSource clock;

  AppFileSession(
      RouteSpec.AppFile spec, Host host, HostedFile file, ActLog log, InstantSource clock) {
    super(spec, file.path(), spec.reload(), log);
    this.spec = spec;
    this.host = host;
    this.file = file;
    this.clock = clock;
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
  String edit(Node.Role writer) {
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

  @Override
  String reload() {
    HostResult result = host.run(HostCommand.acts(spec.reloadTimeout(), spec.reload()));
    if (!result.good()) {
      String why = ReloadCommand.withoutSecrets(result.why());
      throw HostedFile.problem(host, reloading(), why);
    }
    return "ok";
  }

  /** The two lines of a diff, as the plan has them. */
  @Override
  String editing(Node.Role writer) {
    return "edit %s: - %s + %s".formatted(place(), spec.text(writer.other()), spec.text(writer));
  }

  @Override
  String reloading() {
    return "run on "
        + host.label()
        + ": "
        + ReloadCommand.withoutSecrets(String.join(" ", spec.reload()));
  }

  private String place() {
    return file.path() + " on " + host.label();
  }

  @Override
  public void close() {
    host.close();
  }
}
