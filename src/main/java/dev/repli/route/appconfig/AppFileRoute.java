package dev.repli.route.appconfig;

import dev.repli.host.Allowed;
import dev.repli.host.Host;
import dev.repli.host.HostException;
import dev.repli.host.HostLog;
import dev.repli.host.Hosts;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.Route;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** An application on any machine that learns its database from a file there. */
@Component
final class AppFileRoute implements Route {
  private final Hosts hosts;
  private final InstantSource clock;

  @Autowired
  AppFileRoute(Hosts hosts) {
    this(hosts, InstantSource.system());
  }

  AppFileRoute(Hosts hosts, InstantSource clock) {
    this.hosts = hosts;
    this.clock = clock;
  }

  @Override
  public Class<RouteSpec.AppFile> serves() {
    return RouteSpec.AppFile.class;
  }

  /** Logs in and reads the file; what comes later opens no connection. */
  @Override
  public RouteSession connect(RouteSpec spec, Plan plan, ActLog log) {
    RouteSpec.AppFile file = serves().cast(spec);
    try {
      // what is done is told as the route's own acts, not tool by tool
      Host host = hosts.connect(file.access(), allowed(file), HostLog.NONE);
      try {
        AppFileSession session =
            new AppFileSession(file, host, HostedFile.find(host, file.file()), log, clock);
        session.look();
        return session;
      } catch (RuntimeException e) {
        host.close();
        throw e;
      }
    } catch (HostException e) {
      throw new RouteException(spec.name(), "read " + file.file(), e);
    }
  }

  private static Allowed allowed(RouteSpec.AppFile file) {
    Allowed files = Allowed.FILES.program(HostedFile.REALPATH);
    return file.reload().isEmpty() ? files : files.command(file.reload());
  }
}
