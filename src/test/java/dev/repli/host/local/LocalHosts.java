package dev.repli.host.local;

import dev.repli.host.Hosts;
import java.util.List;

/** This machine only, for tests of other packages. */
public final class LocalHosts {
  private LocalHosts() {}

  public static Hosts only() {
    return new Hosts(List.of(new LocalAdapter()));
  }
}
