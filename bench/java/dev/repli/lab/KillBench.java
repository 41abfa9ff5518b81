package dev.repli.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * P4: Repli dies inside the fence. How long until the old writer accepts writes again, with nobody
 * restarting Repli (the lease) and with a restart at once; and how long after being ready the
 * successor has ended the switch.
 */
final class KillBench {
  private static final int ROUNDS = Integer.getInteger("rounds", 4);

  private final Path directory;
  private final LabNodes nodes;
  private final Path plans;

  private KillBench(Path directory, LabNodes nodes, Path plans) {
    this.directory = directory;
    this.nodes = nodes;
    this.plans = plans;
  }

  static void run(PrintStream out) throws IOException, SQLException, InterruptedException {
    try (Resources resources = new Resources()) {
      Path directory = resources.add(DemoDirectory.create()).path();
      LabNodes nodes = LabNodes.start(directory, resources);
      Path haproxy =
          LabHaproxy.program().orElseThrow(() -> new IllegalStateException("HAProxy is missing"));
      LabHaproxy route =
          resources.add(
              LabHaproxy.start(
                  haproxy, directory, Ports.free(), nodes.source().port(), nodes.target().port()));
      new KillBench(directory, nodes, LabPlan.write(directory, nodes, route)).measure(out);
    }
  }

  private void measure(PrintStream out) throws IOException, SQLException, InterruptedException {
    out.printf("P4 kill -9 inside the fence, lease 10 s, %d rounds each%n", ROUNDS);
    List<Long> alone = new ArrayList<>();
    List<Long> restarted = new ArrayList<>();
    List<Long> resumed = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      alone.add(untilWritable(die()));
      resume();
      long death = die();
      Process successor = launch("resume");
      restarted.add(untilWritable(death));
      resumed.add(resumedAfter(successor));
    }
    out.println("  writable again, nobody restarts Repli  " + Figures.ofNanos(alone));
    out.println("  writable again, restarted at once      " + Figures.ofNanos(restarted));
    out.println("  switch ended after the successor is ready  " + Figures.ofNanos(resumed));
  }

  /** When it died. */
  private long die() throws IOException, InterruptedException {
    int status = launch("kill").waitFor();
    long death = System.nanoTime();
    if (status != 137) {
      throw new IllegalStateException("Repli did not die in the fence: " + output());
    }
    return death;
  }

  private void resume() throws IOException, InterruptedException {
    resumedAfter(launch("resume"));
  }

  private long resumedAfter(Process successor) throws IOException, InterruptedException {
    if (successor.waitFor() != 0) {
      throw new IllegalStateException("the successor failed: " + output());
    }
    String said = output();
    return said.lines()
        .filter(line -> line.startsWith("RESUMED "))
        .map(line -> Long.parseLong(line.substring("RESUMED ".length())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the successor says nothing: " + said));
  }

  private long untilWritable(long since) throws SQLException, InterruptedException {
    try (Connection application = nodes.target().application();
        Statement statement = application.createStatement()) {
      while (!writes(statement)) {
        Show.pause(Duration.ofMillis(10));
      }
    }
    return System.nanoTime() - since;
  }

  private static boolean writes(Statement statement) {
    try {
      statement.execute("INSERT INTO app.orders (order_id, item, written_by) VALUES (0, '', 0)");
      return true;
    } catch (SQLException refused) {
      return false;
    }
  }

  private Process launch(String what) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            KilledRepli.class.getName(),
            what,
            directory.toString(),
            plans.toString(),
            Integer.toString(Ports.free()))
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("killed.txt").toFile())
        .start();
  }

  private String output() throws IOException {
    return Files.readString(directory.resolve("killed.txt"));
  }
}
