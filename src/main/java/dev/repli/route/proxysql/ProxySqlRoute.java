package dev.repli.route.proxysql;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.Secrets;
import dev.repli.route.ActLog;
import dev.repli.route.ReadBack;
import dev.repli.route.Route;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** ProxySQL through its admin port; tried with 2.7.1, with and without its read-only monitor. */
@Component
final class ProxySqlRoute implements Route {
  private static final String HOST = "[A-Za-z0-9._:-]{1,253}";

  private final Secrets secrets;

  ProxySqlRoute(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public Class<RouteSpec.ProxySql> serves() {
    return RouteSpec.ProxySql.class;
  }

  @Override
  public RouteSession connect(RouteSpec spec, Plan plan, ActLog log) {
    RouteSpec.ProxySql proxy = serves().cast(spec);
    checkHost(proxy, proxy.admin());
    checkHost(proxy, plan.node(Node.Role.SOURCE).address());
    checkHost(proxy, plan.node(Node.Role.TARGET).address());
    AdminConnection admin = new AdminConnection(proxy, open(proxy), log);
    try {
      new Readiness(proxy, plan, admin).check();
      return new ProxySqlSession(proxy, plan, admin, ReadBack.everyHalfMillisecond());
    } catch (RuntimeException e) {
      admin.close();
      throw e;
    }
  }

  private Connection open(RouteSpec.ProxySql spec) {
    // no TLS: some versions of the driver refuse the self-signed certificate of the admin port;
    // the password itself only travels as the answer to a challenge
    String host = spec.admin().host();
    String url =
        "jdbc:mariadb://"
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + spec.admin().port()
            + "/?sslMode=disable&connectTimeout=3000&socketTimeout=5000&useServerPrepStmts=false";
    Properties login = new Properties();
    login.setProperty("user", spec.adminAccount().user());
    login.setProperty("password", secrets.resolve(spec.adminAccount().password()));
    try {
      return DriverManager.getConnection(url, login);
    } catch (SQLException e) {
      throw new RouteException(spec.name(), "connect to the admin port " + spec.admin(), e);
    }
  }

  private static void checkHost(RouteSpec.ProxySql spec, Endpoint endpoint) {
    if (!endpoint.host().matches(HOST)) {
      throw new RouteException(
          spec.name(), "read a host", "a host has only letters, digits, '.', '_', ':' and '-'");
    }
  }
}
