package dev.repli.plan.yaml;

import dev.repli.plan.Endpoint;
import java.util.Locale;

/** Whether two addresses name the same server, as far as the names tell. */
final class SameAddress {
  private SameAddress() {}

  static boolean same(Endpoint one, Endpoint other) {
    return one.port() == other.port() && host(one).equals(host(other));
  }

  private static String host(Endpoint endpoint) {
    String host = endpoint.host().toLowerCase(Locale.ROOT);
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.equals("localhost") || name.equals("::1") ? "127.0.0.1" : name;
  }
}
