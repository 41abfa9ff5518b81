package dev.repli.host.local;

import dev.repli.host.Host;
import dev.repli.host.HostContract;
import dev.repli.plan.HostAccess;

class LocalHostTest extends HostContract {
  @Override
  protected Host connect() {
    return new LocalAdapter().connect(new HostAccess.Local());
  }
}
