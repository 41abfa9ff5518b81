package dev.repli.lab;

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
 * load of 1 000 orders a second through HAProxy. Outage is the longest time between two
 * acknowledgements around a switch, by the client's own log.
 */
final class SwitchBench {
  private static final int PAIRS = Integer.getInteger("pairs", 12);
  private static final int PER_SECOND = 1000;
  private static final Duration CALM = Duration.ofSeconds(2);

  private final PrintStream out;
  private final LabNodes nodes;
  private final Path socket;
  private final Traffic traffic;
  private final BenchRepli repli;
  private final Map<String, List<Long>> phases = new LinkedHashMap<>();
  private boolean onTarget = true;

  private SwitchBench(
      PrintStream out, LabNodes nodes, Path socket, Traffic traffic, BenchRepli repli) {
    this.out = out;
    this.nodes = nodes;
    this.socket = socket;
    this.traffic = traffic;
    this.repli = repli;
  }

  static void run(PrintStream out) throws IOException, SQLException, InterruptedException {
    Path haproxy =
        LabHaproxy.program().orElseThrow(() -> new IllegalStateException("HAProxy is missing"));
    try (Resources resources = new Resources()) {
      Path directory = resources.add(DemoDirectory.create()).path();
      LabNodes nodes = LabNodes.start(directory, resources);
      LabHaproxy route =
          resources.add(
              LabHaproxy.start(
                  haproxy, directory, Ports.free(), nodes.source().port(), nodes.target().port()));
      Path plans = LabPlan.write(directory, nodes, route);
      BenchRepli repli =
          resources.add(BenchRepli.start(directory, plans, Ports.free(), nothing -> {}));
      Traffic traffic =
          resources.add(
              Traffic.start(
                  route.endpoint(), "app", nodes.source().accounts().application(), PER_SECOND));
      new SwitchBench(out, nodes, directory.resolve("haproxy.sock"), traffic, repli).measure();
    }
  }

  private void measure() throws IOException, SQLException, InterruptedException {
    out.printf("P1 write outage, %d alternated pairs, %d orders/s, HAProxy%n", PAIRS, PER_SECOND);
    // both paths once, so that no class is loaded and no page read for the first time while
    // measured
    out.printf(
        "  first switch after the start: %.2f ms, by phase: %s%n", timed(true) / 1e6, phases());
    phases.clear();
    timed(false);
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
    out.println("  Repli          " + repliOutage);
    out.println("  bare program   " + bareOutage);
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
    long start = System.nanoTime();
    move(ours);
    onTarget = !onTarget;
    Show.pause(Duration.ofMillis(300));
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
    } else if (onTarget) {
      BareSwitch.move(nodes.target(), "target", nodes.source(), "source", socket);
    } else {
      BareSwitch.move(nodes.source(), "source", nodes.target(), "target", socket);
    }
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
