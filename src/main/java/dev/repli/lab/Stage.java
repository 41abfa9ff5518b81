package dev.repli.lab;

import dev.repli.plan.Node;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.ConfigurableApplicationContext;

/** Everything that runs in the demo, ready for a run. */
record Stage(
    LabNodes nodes,
    DemoRoute route,
    Traffic traffic,
    URI base,
    RepliApi api,
    List<DemoUser> users) {
  static final String MONITOR = "--repli.monitor.enabled=";

  private static final int WRITES_PER_SECOND = 400;

  /** Starts everything; each part is handed to the resources as soon as it runs. */
  static Stage set(
      DemoOptions options,
      Resources resources,
      Function<String[], ConfigurableApplicationContext> program,
      PrintStream out)
      throws IOException, SQLException, InterruptedException {
    Path directory = resources.add(DemoDirectory.create()).path();
    Node.Role writer = options.firstWriter();
    out.println(
        "Starting two MariaDB servers; the %s is writer, the %s follows it …"
            .formatted(writer.word(), writer.other().word()));
    LabNodes nodes = LabNodes.start(directory, resources, writer);
    DemoRoute route = resources.add(route(directory, nodes, writer));
    Path plans = LabPlan.write(directory, nodes, route);
    if (options.logical()) {
      LabDelta.cutOff(nodes, directory, plans);
      out.println("The source follows no more: only the target's changes lead back");
    }
    out.println("Route: " + route.called() + " on " + route.endpoint());
    Traffic traffic =
        resources.add(
            Traffic.start(
                route.endpoint(),
                "app",
                nodes.source().accounts().application(),
                WRITES_PER_SECOND));
    out.println("Traffic: " + WRITES_PER_SECOND + " orders a second, each its own transaction");
    out.println("Starting Repli …");
    String password = DemoUser.randomPassword();
    int port = Ports.freeNear(options.port());
    ConfigurableApplicationContext repli =
        resources.add(program.apply(arguments(options, directory, plans, port, password)));
    route.tell(repli);
    URI base = URI.create("http://127.0.0.1:" + port);
    return new Stage(nodes, route, traffic, base, new RepliApi(base), DemoUser.all(password));
  }

  private static DemoRoute route(Path directory, LabNodes nodes, Node.Role writer)
      throws IOException {
    Optional<Path> haproxy = LabHaproxy.program();
    int source = nodes.source().port();
    int target = nodes.target().port();
    return haproxy.isPresent()
        ? LabHaproxy.start(haproxy.get(), directory, Ports.free(), source, target, writer)
        : InProcessRoute.start(source, target, writer);
  }

  private static String[] arguments(
      DemoOptions options, Path directory, Path plans, int port, String password) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--repli.plans-dir=" + plans,
                "--repli.data-dir=" + directory.resolve("data"),
                "--repli.demo.users=true",
                // the show reports its incident itself; a second one would keep its plan busy
                MONITOR + "false",
                "--repli.demo.password=" + password,
                "--server.tomcat.basedir=" + directory.resolve("tomcat"),
                "--spring.main.banner-mode=off",
                "--logging.threshold.console=off"));
    arguments.add(
        "--logging.file.name=" + options.log().orElse(directory.resolve("repli.log").toString()));
    return arguments.toArray(String[]::new);
  }

  DemoUser user(String name) {
    return DemoUser.named(name, users);
  }

  /** The incident that starts the rollback. */
  String incident() {
    return """
        {"planId":"%s","incidentId":"INC-1001","source":"demo","severity":"critical",\
        "summary":"Checkout fails for most customers since the cutover","startedAt":"%s",\
        "metrics":{"errorRate":0.61,"latencyP95Ms":840},"status":"firing"}"""
        .formatted(LabPlan.ID, Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }
}
