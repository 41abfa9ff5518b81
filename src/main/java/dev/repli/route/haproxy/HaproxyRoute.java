package dev.repli.route.haproxy;

import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.ReadBack;
import dev.repli.route.Route;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import java.io.IOException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** HAProxy in TCP mode; tried with 2.6. */
@Component
final class HaproxyRoute implements Route {
  /** Answers take 0.2 to 3 ms; far above that, yet well inside the lease. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** Names that HAProxy's own configuration allows; nothing else may become part of a command. */
  private static final String NAME = "[A-Za-z0-9_.:-]{1,128}";

  @Override
  public Class<RouteSpec.Haproxy> serves() {
    return RouteSpec.Haproxy.class;
  }

  @Override
  public RouteSession connect(RouteSpec spec, Plan plan, ActLog log) {
    RouteSpec.Haproxy haproxy = serves().cast(spec);
    checkName(haproxy, "backend", haproxy.backend());
    haproxy.readBackend().ifPresent(name -> checkName(haproxy, "readBackend", name));
    checkName(haproxy, "sourceServer", haproxy.sourceServer());
    checkName(haproxy, "targetServer", haproxy.targetServer());
    HaproxySession session =
        new HaproxySession(haproxy, open(haproxy), log, ReadBack.everyHalfMillisecond());
    try {
      session.check();
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static RuntimeApi open(RouteSpec.Haproxy spec) {
    try {
      return RuntimeApi.open(spec.runtimeApi(), ANSWER);
    } catch (IOException | RuntimeException e) {
      throw new RouteException(spec.name(), "connect to the runtime API " + spec.runtimeApi(), e);
    }
  }

  private static void checkName(RouteSpec.Haproxy spec, String key, String value) {
    if (!value.matches(NAME)) {
      throw new RouteException(
          spec.name(), "read " + key, "a name has only letters, digits, '_', '.', ':' and '-'");
    }
  }
}
