package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.repli.journal.Evidence;
import dev.repli.lab.ServerInstallation;
import dev.repli.longwork.WorkOrder;
import dev.repli.run.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real server goes back whose data directory is not simply renamed: undone after the swap, then
 * killed before each single change and begun again.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class InPlacePlacesIT {
  @TempDir Path folder;
  private final InPlaceBench bench = new InPlaceBench();
  private boolean mounted;

  @SuppressWarnings("NullAway.Init") // made before each test
  private UpgradedLab lab;

  @BeforeEach
  void upgrade() throws Exception {
    assumeThat(ServerInstallation.isUnpacked("mariadb-10.11")).as("scripts/fetch-servers").isTrue();
    assumeThat(ServerInstallation.isUnpacked("mariadb-11.8")).as("scripts/fetch-servers").isTrue();
    lab = new UpgradedLab(folder);
  }

  @AfterEach
  void end() throws IOException {
    bench.close();
    if (mounted) {
      int unused = run("/bin/umount", "-l", data().toString());
    }
    if (lab != null) {
      lab.close();
    }
  }

  private Path data() {
    return lab.machine.dataDirectory();
  }

  private static int run(String... words) throws IOException {
    Process process = new ProcessBuilder(words).inheritIO().start();
    return process.onExit().join().exitValue();
  }

  @Test
  void goesBackWhereTheDataDirectoryIsALink() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    stopped();
    Files.move(data(), disk.resolve("lab"));
    Files.createSymbolicLink(data(), disk.resolve("lab"));
    started();

    goesBack();

    assertThat(data()).isSymbolicLink();
    assertThat(names(disk)).containsExactlyInAnyOrder("lab", "lab.repli-kept-INC-2");
  }

  @Test
  void goesBackWhereTheDataDirectoryIsAMountPoint() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    stopped();
    Files.move(data(), disk.resolve("lab"));
    Files.createDirectory(data());
    mounted = run("/bin/mount", "--bind", disk.resolve("lab").toString(), data().toString()) == 0;
    assumeThat(mounted).as("only root may mount").isTrue();
    Files.createDirectory(data().resolve("lost+found"));
    started();

    goesBack();

    assertThat(moves("INC-1"))
        .satisfiesExactly(
            aside -> assertThat(aside).contains("/repli_kept_INC@002d1 -- " + system(data())),
            in -> assertThat(in).endsWith(system(data().resolve("repli_restored_INC@002d1"))),
            out -> assertThat(out).contains("/repli_restored_INC@002d1 -- " + system(data())),
            back -> assertThat(back).endsWith(system(data().resolve("repli_kept_INC@002d1"))));
    assertThat(lab.ask("SHOW DATABASES LIKE 'repli%'")).isEqualTo("repli_kept_INC-2");
    String kept = "repli_kept_INC@002d2";
    assertThat(names(data())).contains("lost+found", kept, "app", "ibdata1");
    assertThat(names(data().resolve(kept))).contains("app", "ibdata1").doesNotContain("lost+found");
    assertThat(names(data())).noneMatch(name -> name.contains("restored"));
  }

  private static String system(Path directory) {
    return directory.resolve("mysql").toString();
  }

  /** The commands that moved several files at once. */
  private List<String> moves(String run) {
    return bench.journal.read(new RunKey(run)).stream()
        .map(entry -> entry.evidence() instanceof Evidence.CommandRun ran ? ran.command() : "")
        .filter(command -> command.startsWith("/bin/mv -n -t"))
        .toList();
  }

  private void goesBack() throws Exception {
    Map<String, String> before = lab.tables();
    WorkOrder undone = order("INC-1");
    for (InPlaceStep step : InPlaceStep.values()) {
      if (step.compareTo(InPlaceStep.SWAP) <= 0) {
        bench.performKilledAtEachChange(step, undone);
      }
    }
    bench.undoKilledAtEachChange(undone);
    assertThat(lab.ask("SELECT VERSION()")).startsWith("11.8");
    assertThat(lab.tables()).isEqualTo(before);

    WorkOrder order = order("INC-2");
    for (InPlaceStep step : InPlaceStep.values()) {
      if (mounted && step == InPlaceStep.SWAP) {
        doesNotServeHalfOfIt();
      }
      bench.performKilledAtEachChange(step, order);
    }
    assertThat(lab.ask("SELECT VERSION()")).startsWith("10.11");
    assertThat(lab.ask("SELECT @@read_only")).isEqualTo("0");
    assertThat(lab.tables()).isEqualTo(before);
  }

  /** The machine went down after the first rename, and starts its server when it comes up. */
  private void doesNotServeHalfOfIt() throws IOException {
    Path kept = Files.createDirectory(data().resolve("repli_kept_INC@002d2"));
    Files.move(data().resolve("mysql"), kept.resolve("mysql"));
    Path said = folder.resolve("server/started.log");
    long before = Files.size(said);
    assertThat(run(lab.machine.start().get(0))).isZero();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> Files.readString(said).substring((int) before).contains("Aborting"));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> run("/usr/bin/flock", "-n", folder + "/server/running", "/bin/true") == 0);
  }

  private WorkOrder order(String run) {
    return new WorkOrder(new RunKey(run), lab.plan, false, Map.of());
  }

  private void stopped() throws IOException {
    assertThat(run(lab.machine.stop().get(0))).isZero();
  }

  private void started() throws IOException {
    assertThat(run(lab.machine.start().get(0))).isZero();
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(() -> lab.ask("SELECT 1").equals("1"));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
