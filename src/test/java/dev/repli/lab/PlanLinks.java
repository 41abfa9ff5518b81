package dev.repli.lab;

import dev.repli.plan.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Links between Repli and both nodes and HAProxy's runtime API, and the topology's plan that leads
 * through them. Clients, samplers and HAProxy itself do not use them.
 *
 * @param plans directory of the changed plan
 */
public record PlanLinks(LossyLink source, LossyLink target, LossyLink route, Path plans)
    implements AutoCloseable {

  /**
   * Opens the links.
   *
   * @param plans directory to make for the changed plan
   */
  public static PlanLinks through(SwitchTopology topology, Path plans) {
    int sourcePort = topology.node(Node.Role.SOURCE).port();
    int targetPort = topology.node(Node.Role.TARGET).port();
    Path socket = topology.directory().resolve("haproxy.sock");
    PlanLinks links =
        new PlanLinks(
            LossyLink.to(sourcePort), LossyLink.to(targetPort), LossyLink.to(socket), plans);
    String plan =
        topology
            .planText()
            .replace("tls: trust", "tls: disabled")
            .replace(portLine(sourcePort), portLine(links.source.port()))
            .replace(portLine(targetPort), portLine(links.target.port()))
            .replace("unix:" + socket, "127.0.0.1:" + links.route.port());
    try {
      Files.createDirectories(plans);
      Files.writeString(plans.resolve(topology.planId() + ".yaml"), plan);
      return links;
    } catch (IOException failure) {
      links.close();
      throw new UncheckedIOException(failure);
    }
  }

  private static String portLine(int port) {
    return "  port: " + port + "\n";
  }

  public LossyLink to(Node.Role role) {
    return role == Node.Role.SOURCE ? source : target;
  }

  @Override
  public void close() {
    List.of(source, target, route).forEach(LossyLink::close);
  }
}
