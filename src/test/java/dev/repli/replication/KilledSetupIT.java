package dev.repli.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.InMemoryJournal;
import dev.repli.lab.ServerInstallation;
import dev.repli.replication.SetupPair.Addresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Repli is killed before and after each outside change, on real servers; the next one goes on.
 * Judged by the rows of both servers and by how often each tool was called.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledSetupIT {
  @TempDir static Path directory;
  private SetupPair pair;
  private FaultyTools tools;
  private int number;

  @BeforeAll
  void start() throws IOException {
    ServerInstallation maria = ServerInstallation.unpacked("mariadb-11.8");
    pair = new SetupPair(maria, maria, directory);
    tools = FaultyTools.around(SetupLab.tools("mariadb-11.8"), directory.resolve("tools"));
  }

  @AfterAll
  void stop() {
    pair.close();
  }

  @ParameterizedTest
  @CsvSource({
    "createReplicationAccount, before",
    "createReplicationAccount, after",
    "tryReplication, before",
    "tryReplication, after",
    "endLoader, before",
    "fence, before",
    "fence, after",
    "silenceEvents, before",
    "silenceEvents, after",
    "follow, before",
    "follow, after",
    "beat, before",
    "beat, after",
  })
  void goesOnWhenItIsKilledAtAnActOfAServer(String act, String when) throws Exception {
    pair.forget();
    tools.kill("");
    Path folder = folder();
    killed(folder, pair.byDump(tools.folder()), act, when);

    goesOn(folder, pair.byDump(tools.folder()));

    assertThat(tools.calls("mariadb-dump")).as("dumps").isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "half-written", "orphan", "after"})
  void dumpsAnewWhenItIsKilledInTheDump(String where) throws Exception {
    pair.forget();
    tools.kill("mariadb-dump 1 " + where);
    Path folder = folder();
    killed(folder, pair.byDump(tools.folder()), "none", where);

    goesOn(folder, pair.byDump(tools.folder()));

    assertThat(tools.calls("mariadb-dump")).as("one snapshot cannot be continued").isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "half-read", "orphan", "after"})
  void loadsNoFinishedPartAgainWhenItIsKilledInThePart(String where) throws Exception {
    pair.forget();
    tools.kill("mariadb 3 " + where);
    Path folder = folder();
    killed(folder, pair.byDump(tools.folder()), "none", where);

    int parts = goesOn(folder, pair.byDump(tools.folder()));

    assertThat(parts).isGreaterThan(4);
    assertThat(tools.calls("mariadb")).as("parts loaded").isEqualTo(parts + 1);
    assertThat(tools.calls("mariadb-dump")).as("dumps").isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "mariadb-backup--backup, before, 2",
    "mariadb-backup--backup, orphan, 2",
    "mariadb-backup--backup, after, 2",
    "mariadb-backup--prepare, before, 2",
    "mariadb-backup--prepare, after, 2",
    "stop, before, 1",
    "stop, after, 1",
    "mariadb-backup--copy-back, before, 1",
    "mariadb-backup--copy-back, orphan, 1",
    "mariadb-backup--copy-back, after, 1",
    "start, before, 1",
    "start, after, 1",
  })
  void copiesPhysicallyWhereverItIsKilled(String tool, String where, int backups) throws Exception {
    ServerInstallation maria = ServerInstallation.unpacked("mariadb-11.8");
    Path place = Files.createDirectory(directory.resolve("backup" + ++number));
    try (SetupPair own = new SetupPair(maria, maria, place)) {
      FaultyTools counted =
          FaultyTools.around(SetupLab.tools("mariadb-11.8"), place.resolve("tools"));
      Addresses addresses = own.byBackup(counted);
      counted.kill(tool + " 1 " + where);
      try {
        Path folder = place.resolve("repli");
        killed(own, folder, addresses, "none", where);
        assertThat(counted.killed()).isTrue();

        goesOn(own, folder, addresses);

        assertThat(counted.calls("mariadb-backup--backup")).as("backups").isEqualTo(backups);
      } finally {
        own.stopCopy(addresses);
      }
    }
  }

  @Test
  void aCopyThatItsOwnerLeavesBehindIsNeverTakenForAWholeOne() throws Exception {
    pair.forget();
    tools.kill("mariadb 3 before");
    Path folder = folder();
    killed(folder, pair.byDump(tools.folder()), "none", "before");

    try (SetupLab lab = lab(pair, folder)) {
      assertThat(lab.setup().start(SetupLab.RUN, pair.byDump(tools.folder()).plan(), false))
          .isInstanceOfSatisfying(
              StepResult.Failed.class,
              failed -> assertThat(failed.why()).contains("the copy is not done"));
    }
  }

  private Path folder() {
    return directory.resolve("repli" + ++number);
  }

  private static SetupLab lab(SetupPair of, Path folder) {
    return new SetupLab(
        folder, of.passwords(), new InMemoryJournal(), SetupPair.PART_BYTES, servers -> servers);
  }

  private int goesOn(Path folder, Addresses addresses) throws Exception {
    return goesOn(pair, folder, addresses);
  }

  /** The next Repli on the same folder; says how many parts the copy had. */
  private static int goesOn(SetupPair of, Path folder, Addresses addresses) throws Exception {
    try (SetupLab lab = lab(of, folder)) {
      SetupWalk walk = new SetupWalk(lab.setup(), addresses.plan());
      assertThat(walk.all()).contains("heartbeat");
      of.follows();
      assertThat(folder.resolve("copies/" + SetupLab.RUN)).doesNotExist();
      assertThat(toolsLeft(of)).as("processes of the killed Repli").isEmpty();
      return lab.parts();
    }
  }

  private static List<String> toolsLeft(SetupPair of) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(process -> process.info().commandLine().orElse(""))
          .filter(line -> line.contains("mariadb-backup") || line.contains("mariadb-dump"))
          .filter(line -> line.contains(of.directory.toString()))
          .toList();
    }
  }

  private void killed(Path folder, Addresses addresses, String act, String when) throws Exception {
    killed(pair, folder, addresses, act, when);
  }

  private static void killed(
      SetupPair of, Path folder, Addresses addresses, String act, String when) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SetupChild.class.getName(),
                folder.toString(),
                act,
                when));
    command.addAll(addresses.words());
    Path said = of.directory.resolve(folder.getFileName() + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("REPLI", of.passwords().get("repli"));
    builder.environment().put("REPL", of.replicationPassword());
    builder.environment().put("COPY", SetupPair.COPY_PASSWORD);
    Process child = builder.start();
    try {
      assertThat(child.waitFor(3, TimeUnit.MINUTES)).isTrue();
      assertThat(child.exitValue()).as(() -> text(said)).isEqualTo(137);
    } finally {
      child.destroyForcibly();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
