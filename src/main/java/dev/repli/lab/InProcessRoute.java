package dev.repli.lab;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import org.springframework.context.ApplicationContext;

/** The lab route, for machines without HAProxy. */
record InProcessRoute(LabRoute route) implements DemoRoute {
  private static final String NAME = "lab";

  static InProcessRoute start(int source, int target, Node.Role writer) {
    return new InProcessRoute(
        LabRoute.start(
            NAME, 0, new Endpoint("127.0.0.1", source), new Endpoint("127.0.0.1", target), writer));
  }

  @Override
  public Endpoint endpoint() {
    return route.endpoint();
  }

  @Override
  public String called() {
    return "a lab route inside this program, not a proxy for production (HAProxy is not installed)";
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
