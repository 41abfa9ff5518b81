package dev.repli.lab;

import dev.repli.lab.BareRoute.Side;
import dev.repli.route.proxysql.ProxySql;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * P1: write outage of Repli's switch against {@link BareSwitch}, alternated, same servers, same
 * load of 1 000 orders a second, through HAProxy and, where it is installed, ProxySQL. Outage is
 * the longest time between two acknowledgements around a switch, by the client's own log.
 */
final class SwitchBench {
  private static final int PAIRS = Integer.getInteger("pairs", 12);
  private static final int PER_SECOND = 1000;
  private static final Duration CALM = Duration.ofSeconds(2);

  private final PrintStream out;
  private final LabNodes nodes;
  private final BareRoute route;
  private final Traffic traffic;
  private final BenchRepli repli;
  private final Map<String, List<Long>> phases = new LinkedHashMap<>();
  private boolean onTarget = true;
  private int ourErrors;
  private int bareErrors;

  private SwitchBench(
      PrintStream out, LabNodes nodes, BareRoute route, Traffic traffic, BenchRepli repli) {
    this.out = out;
    this.nodes = nodes;
    this.route = route;
    this.traffic = traffic;
    this.repli = repli;
  }

  static void run(PrintStream out) throws IOException, SQLException, InterruptedException {
    throughHaproxy(out);
    if (ProxySql.program().isPresent()) {
      throughProxySql(out);
    } else {
      out.println("P1 through ProxySQL: not measured, no proxysql on the PATH");
    }
  }

  private static void throughHaproxy(PrintStream out)
      throws IOException, SQLException, InterruptedException {
    Path haproxy =
        LabHaproxy.program().orElseThrow(() -> new IllegalStateException("HAProxy is missing"));
    try (Resources resources = new Resources()) {
      Path directory = resources.add(DemoDirectory.create()).path();
      LabNodes nodes = LabNodes.start(directory, resources);
      LabHaproxy route =
          resources.add(
              LabHaproxy.start(
                  haproxy, directory, Ports.free(), nodes.source().port(), nodes.target().port()));
      BareRoute bare = new BareHaproxy(directory.resolve("haproxy.sock"));
      measure(out, resources, directory, nodes, route, bare);
    }
  }

  private static void throughProxySql(PrintStream out)
      throws IOException, SQLException, InterruptedException {
    try (Resources resources = new Resources()) {
      Path directory = resources.add(DemoDirectory.create()).path();
      LabNodes nodes = LabNodes.start(directory, resources);
      LabProxySql route = resources.add(LabProxySql.start(directory, nodes));
      try (Connection admin = route.proxy().admin()) {
        measure(out, resources, directory, nodes, route, new BareProxySql(admin));
      }
    }
  }

  private static void measure(
      PrintStream out,
      Resources resources,
      Path directory,
      LabNodes nodes,
      DemoRoute route,
      BareRoute bare)
      throws IOException, SQLException, InterruptedException {
    Path plans = LabPlan.write(directory, nodes, route);
    BenchRepli repli =
        resources.add(BenchRepli.start(directory, plans, Ports.free(), nothing -> {}));
    Traffic traffic =
        resources.add(
            Traffic.start(
                route.endpoint(), "app", nodes.source().accounts().application(), PER_SECOND));
    out.printf(
        "P1 write outage, %d alternated pairs, %d orders/s, %s%n",
        PAIRS, PER_SECOND, route.called());
    new SwitchBench(out, nodes, bare, traffic, repli).measure();
  }

  private void measure() throws IOException, SQLException, InterruptedException {
    // both paths once, so that no class is loaded and no page read for the first time while
    // measured
    out.printf(
        "  first switch after the start: %.2f ms, by phase: %s%n", timed(true) / 1e6, phases());
    phases.clear();
    timed(false);
    ourErrors = 0;
    bareErrors = 0;
    List<Long> ours = new ArrayList<>();
    List<Long> bare = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      // the first of a pair goes to the source, the second to the target: each program each way
      boolean oursFirst = pair % 2 == 0;
      (oursFirst ? ours : bare).add(timed(oursFirst));
      (oursFirst ? bare : ours).add(timed(!oursFirst));
    }
    traffic.close();
    Figures repliOutage = Figures.ofNanos(ours);
    Figures bareOutage = Figures.ofNanos(bare);
    out.println("  Repli          " + repliOutage + ", errors clients got: " + ourErrors);
    out.println("  bare program   " + bareOutage + ", errors clients got: " + bareErrors);
    out.printf(
        "  ratio          p50 %.2f, p95 %.2f%n",
        repliOutage.at(0.5) / bareOutage.at(0.5), repliOutage.at(0.95) / bareOutage.at(0.95));
    out.println("  Repli's phases, p50: " + phases());
    verdict();
  }

  private String phases() {
    return phases.entrySet().stream()
        .map(e -> "%s %.1f ms".formatted(e.getKey(), Figures.ofNanos(e.getValue()).at(0.5)))
        .collect(Collectors.joining(", "));
  }

  private long timed(boolean ours) throws IOException, SQLException, InterruptedException {
    Show.pause(CALM);
    int errorsBefore = errors();
    long start = System.nanoTime();
    move(ours);
    onTarget = !onTarget;
    Show.pause(Duration.ofMillis(300));
    if (ours) {
      ourErrors += errors() - errorsBefore;
    } else {
      bareErrors += errors() - errorsBefore;
    }
    return longestGap(start);
  }

  private void move(boolean ours) throws IOException, SQLException, InterruptedException {
    if (ours) {
      String instance =
          onTarget ? repli.startSwitch("TARGET", "SOURCE") : repli.startSwitch("SOURCE", "TARGET");
      String result = repli.result(instance);
      if (!result.equals("MOVED")) {
        throw new IllegalStateException("Repli's switch ended as " + result);
      }
      repli
          .phases(instance)
          .forEach(
              (phase, took) -> phases.computeIfAbsent(phase, p -> new ArrayList<>()).add(took));
    } else {
      Side source = new Side(nodes.source(), "source");
      Side target = new Side(nodes.target(), "target");
      BareSwitch.move(onTarget ? target : source, onTarget ? source : target, route);
    }
  }

  private int errors() {
    return traffic.log().counts().errors().values().stream().mapToInt(Integer::intValue).sum();
  }

  private long longestGap(long since) {
    ClientLog.Snapshot log = traffic.log().snapshot();
    long longest = 0;
    long before = since;
    for (int i = 0; i < log.size(); i++) {
      if (log.time(i) >= since) {
        longest = Math.max(longest, log.time(i) - before);
        before = log.time(i);
      }
    }
    return longest;
  }

  private void verdict() throws SQLException {
    MariaDbServer writer = onTarget ? nodes.target() : nodes.source();
    try (Connection admin = writer.admin()) {
      TrafficVerdict verdict =
          TrafficVerdict.of(
              traffic.log().snapshot(), admin, onTarget ? LabNodes.TARGET_ID : LabNodes.SOURCE_ID);
      out.printf(
          "  all switches: acknowledged %d, lost %d, duplicated %d%n",
          verdict.acknowledged(), verdict.lost(), verdict.duplicated());
      if (!verdict.sound()) {
        throw new IllegalStateException("a row was lost or doubled: the run has failed");
      }
    }
  }
}
