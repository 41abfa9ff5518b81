package dev.repli.lab;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import org.springframework.context.ApplicationContext;

/** The lab route, for machines without HAProxy, and where the network is to be slow. */
record InProcessRoute(LabRoute route, String why) implements DemoRoute {
  private static final String NAME = "lab";

  static InProcessRoute start(int source, int target, Node.Role writer) {
    return new InProcessRoute(lab(source, target, writer), "HAProxy is not installed");
  }

  static InProcessRoute slowable(int source, int target, Node.Role writer) {
    return new InProcessRoute(lab(source, target, writer), "it can be made slow");
  }

  private static LabRoute lab(int source, int target, Node.Role writer) {
    return LabRoute.start(
        NAME, 0, new Endpoint("127.0.0.1", source), new Endpoint("127.0.0.1", target), writer);
  }

  @Override
  public Endpoint endpoint() {
    return route.endpoint();
  }

  @Override
  public String called() {
    return "a lab route inside this program, not a proxy for production (" + why + ")";
  }

  @Override
  public String planEntry() {
    return """
        - type: lab
          name: %s
          endpoint: {host: %s, port: %d}
        """
        .formatted(NAME, endpoint().host(), endpoint().port());
  }

  @Override
  public void tell(ApplicationContext repli) {
    repli.getBean(LabRoutes.class).add(route);
  }

  @Override
  public void close() {
    route.close();
  }
}
