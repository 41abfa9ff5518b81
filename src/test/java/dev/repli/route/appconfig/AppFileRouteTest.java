package dev.repli.route.appconfig;

import dev.repli.host.Hosts;
import dev.repli.host.local.LocalHosts;
import dev.repli.plan.HostAccess;

class AppFileRouteTest extends AppFileContract {
  @Override
  protected Hosts hosts() {
    return LocalHosts.only();
  }

  @Override
  protected HostAccess access() {
    return new HostAccess.Local();
  }
}
