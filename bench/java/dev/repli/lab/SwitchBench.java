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
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * P1, P2 and P3: write outage of Repli's switch against a rival's, alternated, same servers, same
 * load of 1 000 orders a second, through HAProxy and, where it is installed, ProxySQL. Outage is
 * the longest time between two acknowledgements around a switch, by the client's own log. For P3
 * the new writer has applied nothing for some seconds when the switch is asked for.
 */
final class SwitchBench {
  private static final int PAIRS = Integer.getInteger("pairs", 12);
  private static final int BACKLOG_PAIRS = Integer.getInteger("backlogPairs", 10);
  private static final String ROUTES = System.getProperty("routes", "haproxy proxysql");
  private static final int PER_SECOND = 1000;
  private static final Duration CALM = Duration.ofSeconds(2);
  private static final Duration BACKLOG = Duration.ofSeconds(4);

  private final PrintStream out;
  private final LabNodes nodes;
  private final Rival rival;
  private final Traffic traffic;
  private final BenchRepli repli;
  private final Map<String, List<Long>> phases = new LinkedHashMap<>();
  private boolean onTarget = true;

  /** Who else can move the writer, and start replication back. */
  interface Rival {
    String name();

    void move(Side old, Side next) throws IOException, SQLException, InterruptedException;
  }

  private record Bare(BareRoute route) implements Rival {
    @Override
    public String name() {
      return "bare program";
    }

    @Override
    public void move(Side old, Side next) throws IOException, SQLException, InterruptedException {
      BareSwitch.move(old, next, route);
    }
  }

  /** What clients saw of one switch, and how long it took from the order to its end. */
  private record Seen(boolean ours, boolean toSource, long outage, long command, int errors) {}

  private SwitchBench(
      PrintStream out, LabNodes nodes, Rival rival, Traffic traffic, BenchRepli repli) {
    this.out = out;
    this.nodes = nodes;
    this.rival = rival;
    this.traffic = traffic;
    this.repli = repli;
  }

  static void run(PrintStream out) throws IOException, SQLException, InterruptedException {
    if (ROUTES.contains("haproxy")) {
      throughHaproxy(out);
    }
    if (ROUTES.contains("proxysql") && ProxySql.program().isPresent()) {
      throughProxySql(out);
    } else {
      out.println("P1 through ProxySQL: not measured, not asked for or no proxysql on the PATH");
    }
  }

  private static void throughHaproxy(PrintStream out)
      throws IOException, SQLException, InterruptedException {
    try (Resources resources = new Resources()) {
      Path directory = resources.add(DemoDirectory.create()).path();
      LabNodes nodes = LabNodes.start(directory, resources);
      LabHaproxy route = haproxy(directory, nodes, resources);
      Rival bare = new Bare(new BareHaproxy(directory.resolve("haproxy.sock")));
      start(out, resources, directory, nodes, route, bare).againstBare();
    }
  }

  private static void throughProxySql(PrintStream out)
      throws IOException, SQLException, InterruptedException {
    try (Resources resources = new Resources()) {
      Path directory = resources.add(DemoDirectory.create()).path();
      LabNodes nodes = LabNodes.start(directory, resources);
      LabProxySql route = resources.add(LabProxySql.start(directory, nodes));
      try (Connection admin = route.proxy().admin()) {
        Rival bare = new Bare(new BareProxySql(admin));
        start(out, resources, directory, nodes, route, bare).againstBare();
      }
    }
  }

  /**
   * P2.
   *
   * @param home where MHA was unpacked
   */
  static void runAgainstMha(PrintStream out, Path home)
      throws IOException, SQLException, InterruptedException {
    try (Resources resources = new Resources()) {
      Path directory = resources.add(DemoDirectory.create()).path();
      LabNodes nodes = LabNodes.start(directory, resources);
      LabHaproxy route = haproxy(directory, nodes, resources);
      Rival mha = MhaSwitch.prepare(home, directory, nodes);
      start(out, resources, directory, nodes, route, mha).againstMha();
    }
  }

  private static LabHaproxy haproxy(Path directory, LabNodes nodes, Resources resources)
      throws IOException {
    Path program =
        LabHaproxy.program().orElseThrow(() -> new IllegalStateException("HAProxy is missing"));
    return resources.add(
        LabHaproxy.start(
            program, directory, Ports.free(), nodes.source().port(), nodes.target().port()));
  }

  private static SwitchBench start(
      PrintStream out,
      Resources resources,
      Path directory,
      LabNodes nodes,
      DemoRoute route,
      Rival rival)
      throws IOException {
    Path plans = LabPlan.write(directory, nodes, route);
    BenchRepli repli =
        resources.add(BenchRepli.start(directory, plans, Ports.free(), nothing -> {}));
    Traffic traffic =
        resources.add(
            Traffic.start(
                route.endpoint(), "app", nodes.source().accounts().application(), PER_SECOND));
    out.printf("Write outage at %d orders/s through %s%n", PER_SECOND, route.called());
    return new SwitchBench(out, nodes, rival, traffic, repli);
  }

  private void againstBare() throws IOException, SQLException, InterruptedException {
    warmUp();
    List<Seen> calm = pairs(PAIRS, Duration.ZERO);
    out.printf("  P1, %d alternated pairs%n", PAIRS);
    printEachWay(calm);
    out.println("    Repli's phases, p50: " + phases());
    if (BACKLOG_PAIRS > 0) {
      withBacklog();
    }
    traffic.close();
    verdict();
  }

  private void withBacklog() throws IOException, SQLException, InterruptedException {
    List<Seen> behind = pairs(BACKLOG_PAIRS, BACKLOG);
    out.printf(
        "  P3, %d alternated pairs, the new writer %d s behind when asked%n",
        BACKLOG_PAIRS, BACKLOG.toSeconds());
    printEachWay(behind);
    out.printf(
        "    Repli over the bare program: %+.2f ms at p50%n",
        outages(behind, true).at(0.5) - outages(behind, false).at(0.5));
  }

  private void againstMha() throws IOException, SQLException, InterruptedException {
    warmUp();
    List<Seen> seen = pairs(PAIRS, Duration.ZERO);
    out.printf("  P2, %d alternated pairs%n", PAIRS);
    print("outage", seen, Seen::outage);
    print("command", seen, Seen::command);
    traffic.close();
    verdict();
  }

  /**
   * Both paths once, so that no class is loaded and no page read for the first time while measured.
   */
  private void warmUp() throws IOException, SQLException, InterruptedException {
    Show.pause(CALM);
    out.printf(
        "  first switch after the start: %.2f ms, by phase: %s%n",
        timed(true).outage / 1e6, phases());
    Show.pause(CALM);
    timed(false);
    phases.clear();
  }

  private List<Seen> pairs(int count, Duration backlog)
      throws IOException, SQLException, InterruptedException {
    List<Seen> seen = new ArrayList<>();
    for (int pair = 0; pair < count; pair++) {
      // the first of a pair goes to the source, the second to the target: each program each way
      boolean oursFirst = pair % 2 == 0;
      for (boolean ours : new boolean[] {oursFirst, !oursFirst}) {
        Show.pause(CALM);
        leaveBehind(backlog);
        seen.add(timed(ours));
      }
    }
    return seen;
  }

  /** Replication goes on at the moment at which the switch is asked for. */
  private void leaveBehind(Duration backlog) throws InterruptedException {
    if (!backlog.isZero()) {
      MariaDbServer replica = onTarget ? nodes.source() : nodes.target();
      replica.run(true, "STOP SLAVE SQL_THREAD");
      Show.pause(backlog);
      replica.run(true, "START SLAVE SQL_THREAD");
    }
  }

  private void printEachWay(List<Seen> seen) {
    print("both directions", seen, Seen::outage);
    print("target to source", seen.stream().filter(Seen::toSource).toList(), Seen::outage);
    print("source to target", seen.stream().filter(one -> !one.toSource).toList(), Seen::outage);
  }

  private void print(String what, List<Seen> seen, ToLongFunction<Seen> time) {
    Figures ours = figures(seen, true, time);
    Figures theirs = figures(seen, false, time);
    String line = "    %-17s %-13s%s, client errors %d%n";
    out.printf(line, what, "Repli", ours, errors(seen, true));
    out.printf(line, "", rival.name(), theirs, errors(seen, false));
    out.printf(
        "    %-17s %-13sp50 %.2f, p95 %.2f%n",
        "", "ratio", ours.at(0.5) / theirs.at(0.5), ours.at(0.95) / theirs.at(0.95));
  }

  private static Figures outages(List<Seen> seen, boolean ours) {
    return figures(seen, ours, Seen::outage);
  }

  private static Figures figures(List<Seen> seen, boolean ours, ToLongFunction<Seen> time) {
    return Figures.ofNanos(
        seen.stream().filter(one -> one.ours == ours).map(time::applyAsLong).toList());
  }

  private static int errors(List<Seen> seen, boolean ours) {
    return seen.stream().filter(one -> one.ours == ours).mapToInt(Seen::errors).sum();
  }

  private String phases() {
    return phases.entrySet().stream()
        .map(e -> "%s %.1f ms".formatted(e.getKey(), Figures.ofNanos(e.getValue()).at(0.5)))
        .collect(Collectors.joining(", "));
  }

  private Seen timed(boolean ours) throws IOException, SQLException, InterruptedException {
    int errorsBefore = errors();
    boolean toSource = onTarget;
    long start = System.nanoTime();
    long end = ours ? moveByRepli() : moveByRival();
    onTarget = !onTarget;
    Show.pause(Duration.ofMillis(300));
    return new Seen(ours, toSource, longestGap(start), end - start, errors() - errorsBefore);
  }

  /** When it had ended. */
  private long moveByRepli() throws IOException, InterruptedException {
    String instance =
        onTarget ? repli.startSwitch("TARGET", "SOURCE") : repli.startSwitch("SOURCE", "TARGET");
    String result = repli.result(instance);
    long end = System.nanoTime();
    if (!result.equals("MOVED")) {
      throw new IllegalStateException("Repli's switch ended as " + result);
    }
    repli
        .phases(instance)
        .forEach((phase, took) -> phases.computeIfAbsent(phase, p -> new ArrayList<>()).add(took));
    return end;
  }

  private long moveByRival() throws IOException, SQLException, InterruptedException {
    Side source = new Side(nodes.source(), "source");
    Side target = new Side(nodes.target(), "target");
    rival.move(onTarget ? target : source, onTarget ? source : target);
    return System.nanoTime();
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
