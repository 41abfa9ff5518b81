package dev.repli.route.appconfig;

import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.Route;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** An application that learns its database from a file. */
@Component
final class AppConfigRoute implements Route {
  private final InstantSource clock;

  AppConfigRoute() {
    this(InstantSource.system());
  }

  AppConfigRoute(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Class<RouteSpec.AppConfig> serves() {
    return RouteSpec.AppConfig.class;
  }

  @Override
  public RouteSession connect(RouteSpec spec, Plan plan, ActLog log) {
    RouteSpec.AppConfig config = serves().cast(spec);
    try {
      AppConfigSession session =
          new AppConfigSession(config, plan, ConfigFile.find(config.file()), log, clock);
      session.look();
      return session;
    } catch (IOException e) {
      throw new RouteException(spec.name(), "read " + config.file(), e);
    }
  }
}
