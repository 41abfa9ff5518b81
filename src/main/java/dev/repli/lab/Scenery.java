package dev.repli.lab;

import dev.repli.host.Hosts;
import dev.repli.plan.Node;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.context.ApplicationContext;

/** The servers of a demo with what leads to them, and their plan, before Repli is there. */
record Scenery(DemoServers servers, LabAccounts accounts, DemoRoute route, Path plans) {
  /** Starts it; each part is handed to the resources as soon as it runs. */
  static Scenery set(DemoOptions options, Path directory, Resources resources, PrintStream out)
      throws IOException, SQLException, InterruptedException {
    return options.kind() == DemoOptions.Kind.IN_PLACE
        ? upgraded(directory, resources, out)
        : replicated(options, directory, resources, out);
  }

  private static Scenery replicated(
      DemoOptions options, Path directory, Resources resources, PrintStream out)
      throws IOException, SQLException, InterruptedException {
    Node.Role writer = options.firstWriter();
    out.println(
        "Starting two MariaDB servers; the %s is writer, the %s follows it …"
            .formatted(writer.word(), writer.other().word()));
    LabNodes nodes = LabNodes.start(directory, resources, writer);
    int source = nodes.source().port();
    int target = nodes.target().port();
    DemoRoute route =
        resources.add(
            options.kind() == DemoOptions.Kind.INCIDENT
                ? InProcessRoute.slowable(source, target, writer)
                : route(directory, source, target, writer));
    Path plans = LabPlan.write(directory, nodes, route);
    if (options.kind() == DemoOptions.Kind.LOGICAL) {
      LabDelta.cutOff(nodes, directory, plans);
      out.println("The source follows no more: only the target's changes lead back");
    }
    return new Scenery(nodes, nodes.source().accounts(), route, plans);
  }

  private static Scenery upgraded(Path directory, Resources resources, PrintStream out)
      throws IOException, SQLException {
    out.println("Starting MariaDB 10.11; backing it up, upgrading it in place to 11.8 …");
    String password = DemoUser.randomPassword();
    LabUpgrade server =
        resources.add(
            LabUpgrade.start(directory, password, LabAccounts.random(), new UpgradedShop()));
    int gone = Ports.free();
    DemoRoute route = resources.add(route(directory, gone, server.port(), Node.Role.TARGET));
    Path plans = LabPlan.write(directory, server, gone, password, route);
    return new Scenery(server, server.accounts(), route, plans);
  }

  private static DemoRoute route(Path directory, int source, int target, Node.Role writer)
      throws IOException {
    Optional<Path> haproxy = LabHaproxy.program();
    return haproxy.isPresent()
        ? LabHaproxy.start(haproxy.get(), directory, Ports.free(), source, target, writer)
        : InProcessRoute.start(source, target, writer);
  }

  /** What Repli itself has to do before the show. */
  void tell(ApplicationContext repli, PrintStream out) {
    if (servers instanceof LabUpgrade server) {
      out.println("Restoring the backup for real, which is its proof …");
      server.prove(repli.getBean(Hosts.class));
    }
  }
}
