package dev.repli.host.local;

import dev.repli.host.Host;
import dev.repli.host.HostAdapter;
import dev.repli.plan.HostAccess;
import org.springframework.stereotype.Component;

/** This machine. */
@Component
final class LocalAdapter implements HostAdapter {
  @Override
  public Class<HostAccess.Local> serves() {
    return HostAccess.Local.class;
  }

  @Override
  public Host connect(HostAccess access) {
    return new LocalHost(access.label());
  }
}
