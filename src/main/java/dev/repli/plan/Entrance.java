package dev.repli.plan;

import java.util.Optional;

/**
 * Where applications connect to a route.
 *
 * @param tls how connections there are protected; empty where the route passes bytes through, so
 *     that the client's TLS ends at the node
 */
public record Entrance(Endpoint address, Optional<Node.Tls> tls) {

  /** A node as a client sees it through here. */
  public Node seenAs(Node node) {
    return tls.map(node::withTls).orElse(node);
  }
}
