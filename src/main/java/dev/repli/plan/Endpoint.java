package dev.repli.plan;

/** Host (name or address, no scheme) and TCP port 1..65535. */
public record Endpoint(String host, int port) {
  public Endpoint {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1..65535");
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
