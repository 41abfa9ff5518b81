package dev.repli.lab;

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
    DemoServers servers,
    DemoRoute route,
    Traffic traffic,
    URI base,
    RepliApi api,
    List<DemoUser> users,
    Optional<Everyday> everyday) {
  static final String INCIDENT = "INC-1001";
  static final String MONITOR = "--repli.monitor.enabled=";

  /** Starts everything; each part is handed to the resources as soon as it runs. */
  static Stage set(
      DemoOptions options,
      Resources resources,
      Function<String[], ConfigurableApplicationContext> program,
      PrintStream out)
      throws IOException, SQLException, InterruptedException {
    Path directory = resources.add(DemoDirectory.create()).path();
    Scenery scenery = Scenery.set(options, directory, resources, out);
    DemoRoute route = scenery.route();
    out.println("Route: " + route.called() + " on " + route.endpoint());
    Traffic traffic =
        resources.add(
            Traffic.start(
                route.endpoint(),
                "app",
                scenery.accounts().application(),
                options.writesPerSecond()));
    out.println(
        "Traffic: " + options.writesPerSecond() + " orders a second, each its own transaction");
    Optional<Everyday> everyday =
        options.kind() == DemoOptions.Kind.INCIDENT
            ? Optional.of(Everyday.measure(traffic, directory, scenery.plans(), resources, out))
            : Optional.empty();
    out.println("Starting Repli …");
    String password = DemoUser.randomPassword();
    int port = Ports.freeNear(options.port());
    ConfigurableApplicationContext repli =
        resources.add(
            program.apply(arguments(options, directory, scenery.plans(), port, password)));
    route.tell(repli);
    scenery.tell(repli, out);
    URI base = URI.create("http://127.0.0.1:" + port);
    return new Stage(
        scenery.servers(),
        route,
        traffic,
        base,
        new RepliApi(base),
        DemoUser.all(password),
        everyday);
  }

  /**
   * @throws IllegalStateException where the demo has one server only
   */
  LabNodes nodes() {
    if (servers instanceof LabNodes two) {
      return two;
    }
    throw new IllegalStateException("this demo has one server only");
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
        {"planId":"%s","incidentId":"%s","source":"demo","severity":"critical",\
        "summary":"Checkout fails for most customers since the cutover","startedAt":"%s",\
        "metrics":{"errorRate":0.61,"latencyP95Ms":840},"status":"firing"}"""
        .formatted(LabPlan.ID, INCIDENT, Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }
}
