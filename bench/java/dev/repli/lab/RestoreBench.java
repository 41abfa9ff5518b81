package dev.repli.lab;

import dev.repli.inplace.InPlaceBench;
import dev.repli.inplace.InPlaceStep;
import dev.repli.inplace.UpgradedLab;
import dev.repli.longwork.WorkOrder;
import dev.repli.run.RunKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * P12: a physical restore by the steps of going back in place (restore, then start, which also
 * compares every table), against bare {@code mariadb-backup --prepare}, {@code --copy-back} and
 * start of the same backup. Alternated; after each round every row of the backup has to be there.
 */
final class RestoreBench {
  private static final int MEGABYTES = Integer.getInteger("megabytes", 1000);
  private static final int PAIRS = Integer.getInteger("pairs", 5);
  private final PrintStream out;
  private final Path folder;
  private final UpgradedLab lab;
  private final InPlaceBench repli;
  private final Path data;
  private final List<Long> restores = new ArrayList<>();
  private final List<Long> starts = new ArrayList<>();
  private final List<Long> comparisons = new ArrayList<>();
  private int serial;

  private RestoreBench(PrintStream out, Path folder, UpgradedLab lab, InPlaceBench repli) {
    this.out = out;
    this.folder = folder;
    this.lab = lab;
    this.repli = repli;
    this.data = lab.machine.dataDirectory();
  }

  static void run(PrintStream out) throws Exception {
    try (DemoDirectory directory = DemoDirectory.create();
        UpgradedLab lab = new UpgradedLab(directory.path(), MEGABYTES);
        InPlaceBench repli = new InPlaceBench()) {
      new RestoreBench(out, directory.path(), lab, repli).measure();
    }
  }

  private void measure() throws IOException, SQLException {
    out.printf("P12: a backup of about %,d MB, %d alternated pairs%n", MEGABYTES, PAIRS);
    List<Long> ours = new ArrayList<>();
    List<Long> bare = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      // who comes second finds the backup in the machine's memory
      boolean repliFirst = pair % 2 == 0;
      long one = repliFirst ? byRepli() : byHand();
      long two = repliFirst ? byHand() : byRepli();
      ours.add(repliFirst ? one : two);
      bare.add(repliFirst ? two : one);
      ratios.add((double) ours.get(pair) / bare.get(pair));
    }
    out.printf("  %-44s %s%n", "Repli, restore and start", Figures.ofNanos(ours));
    out.printf("  %-44s %s%n", "  of that restore", Figures.ofNanos(restores));
    out.printf("  %-44s %s%n", "  of that start, every table compared", Figures.ofNanos(starts));
    out.printf("  %-44s %s%n", "  the comparison alone, made again", Figures.ofNanos(comparisons));
    out.printf("  %-44s %s%n", "mariadb-backup and start", Figures.ofNanos(bare));
    ratio("ratio", ratios, " (wanted: at most 1.10)");
    List<Double> without = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      without.add((double) (ours.get(pair) - comparisons.get(pair)) / bare.get(pair));
    }
    ratio("without the comparison: ratio", without, "");
  }

  private void ratio(String says, List<Double> ratios, String wanted) {
    double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    out.printf(
        "    %s p50 %.2f, p95 %.2f%s%n",
        says,
        sorted[(int) Math.ceil(0.5 * PAIRS) - 1],
        sorted[(int) Math.ceil(0.95 * PAIRS) - 1],
        wanted);
  }

  private long byRepli() throws IOException, SQLException {
    String run = "P12-" + serial++;
    WorkOrder order = new WorkOrder(new RunKey(run), lab.plan, false, Map.of());
    repli.perform(InPlaceStep.INSPECT, order);
    long restore = timed(InPlaceStep.RESTORE, order);
    repli.perform(InPlaceStep.STOP, order);
    repli.perform(InPlaceStep.SWAP, order);
    repli.perform(InPlaceStep.SWITCH_VERSION, order);
    long start = timed(InPlaceStep.START, order);
    restores.add(restore);
    starts.add(start);
    comparisons.add(compareAgain());
    requireEveryRow();
    Files.writeString(lab.server.fenceFile(), "");
    upgradedAgain(data.resolveSibling(data.getFileName() + ".repli-kept-" + run));
    return restore + start;
  }

  /** What the start does besides starting, which nobody does by hand. */
  private long compareAgain() throws SQLException {
    long begin = System.nanoTime();
    lab.ask("SELECT COUNT(*) FROM app.bulk");
    lab.ask("CHECKSUM TABLE app.bulk");
    return System.nanoTime() - begin;
  }

  private long timed(InPlaceStep step, WorkOrder order) {
    long begin = System.nanoTime();
    repli.perform(step, order);
    return System.nanoTime() - begin;
  }

  private long byHand() throws IOException, SQLException {
    Path work = folder.resolve("work");
    Path fresh = Files.createDirectory(data.resolveSibling("data.bare"));
    Path kept = data.resolveSibling("data.kept");
    // preparing changes it; the next round needs it as it was
    lab.server.run(
        Path.of("/bin/cp"), "-a", folder.resolve("backups/monday").toString(), work.toString());
    Path tool = LabUpgrade.tools(LabUpgrade.OLD).resolve("mariadb-backup");
    long begin = System.nanoTime();
    lab.server.run(tool, "--no-defaults", "--prepare", "--target-dir=" + work);
    lab.server.run(
        tool, "--no-defaults", "--copy-back", "--target-dir=" + work, "--datadir=" + fresh);
    long restore = System.nanoTime() - begin;
    lab.server.run(Path.of(lab.machine.stop().get(0)));
    Files.move(data, kept);
    Files.move(fresh, data);
    lab.server.link(ServerInstallation.tree(LabUpgrade.OLD));
    begin = System.nanoTime();
    lab.server.run(Path.of(lab.machine.start().get(0)));
    lab.server.awaitAnswer();
    long start = System.nanoTime() - begin;
    requireEveryRow();
    lab.server.run(Path.of("/bin/rm"), "-r", "--", work.toString());
    upgradedAgain(kept);
    return restore + start;
  }

  private void requireEveryRow() throws SQLException {
    String version = lab.ask("SELECT VERSION()");
    String rows = lab.ask("SELECT COUNT(*) FROM app.bulk");
    if (!version.startsWith("10.11") || !rows.equals(String.valueOf(lab.bulkRows()))) {
      throw new IllegalStateException(
          "a restore that is none: %s with %s rows".formatted(version, rows));
    }
  }

  /** The newer release serves again on its own data, as before the round. */
  private void upgradedAgain(Path kept) throws IOException {
    lab.server.run(Path.of(lab.machine.stop().get(0)));
    lab.server.run(Path.of("/bin/rm"), "-r", "--", data.toString());
    Files.move(kept, data);
    lab.server.link(ServerInstallation.tree(LabUpgrade.NEW));
    lab.server.run(Path.of(lab.machine.start().get(0)));
    lab.server.awaitAnswer();
  }
}
