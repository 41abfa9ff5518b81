package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.backup.BackupFacts.Table;
import dev.repli.backup.BackupTools;
import dev.repli.engine.OnePlan;
import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostLog;
import dev.repli.host.HostResult;
import dev.repli.host.local.LocalHosts;
import dev.repli.inplace.UpgradedServer.BinaryLog;
import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import dev.repli.plan.Node;
import dev.repli.reversibility.WayBack;
import dev.repli.rollback.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, and a server that says what the test wants. */
class InPlaceLookTest {
  private static final String NOTE =
      """
      repli backup note 1
      checksum\tabc
      server\t10.11.18-MariaDB-log
      start\tbin.000001\t330\t0-1-5
      restored\t2026-11-20T12:00:00Z
      table\tapp.t\t3\t77
      end\t1
      """;
  @TempDir Path folder;
  private final Server server = new Server();

  /** Output of commands that the test knows better. */
  private final Map<String, String> answers = new HashMap<>();

  private final class Answering implements Host {
    private final Host real;

    Answering(Host real) {
      this.real = real;
    }

    @Override
    public String label() {
      return real.label();
    }

    @Override
    public HostResult run(HostCommand command, Streams streams, Cancellation cancellation) {
      String answer = answers.get(String.join(" ", command.words()));
      if (answer == null) {
        return real.run(command, streams, cancellation);
      }
      streams.sink().ifPresent(sink -> write(sink, answer));
      return new HostResult(0, answer, "", HostResult.Ending.EXITED);
    }

    private static void write(OutputStream sink, String answer) {
      try {
        sink.write(answer.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      real.close();
    }
  }

  /** A server after a good upgrade. */
  private final class Server implements UpgradedServer {
    String version = "11.8.6-MariaDB-log";
    Optional<Path> logFolder = Optional.empty();
    List<BinaryLog> logs =
        List.of(
            new BinaryLog("bin.000001", 400),
            new BinaryLog("bin.000002", 500),
            new BinaryLog("bin.000003", 600));
    String atStart = "0-1-5";
    Map<String, String> folders = Map.of("innodb_log_group_home_dir", "./");

    @Override
    public String version() {
      return version;
    }

    @Override
    public Path dataDirectory() {
      return data();
    }

    @Override
    public Optional<Path> logFolder() {
      return logFolder.isEmpty() ? Optional.of(data()) : logFolder;
    }

    @Override
    public Map<String, String> folders() {
      return folders;
    }

    @Override
    public List<BinaryLog> logs() {
      return logs;
    }

    @Override
    public Optional<String> gtidAt(String log, long offset) {
      if (log.equals("bin.000001") && offset == 330) {
        return Optional.of(atStart).filter(text -> !text.isEmpty());
      }
      return Optional.of("0-1-99");
    }

    @Override
    public String position() {
      return "0-1-120";
    }

    @Override
    public Map<String, Table> tables(List<String> names) {
      return Map.of();
    }

    @Override
    public long largestPacket() {
      return 0;
    }

    @Override
    public void largestPacket(long bytes) {
      // nobody asks for it
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(data());
    log("bin.000001", "10.11.18-MariaDB-log");
    log("bin.000002", "10.11.18-MariaDB-log");
    log("bin.000003", "11.8.6-MariaDB-log");
    Files.createDirectories(folder.resolve("tools"));
    for (String name : BackupTools.names()) {
      Files.createFile(folder.resolve("tools").resolve(name));
    }
    Files.createDirectories(folder.resolve("backups"));
    Files.writeString(folder.resolve("backups/monday.mbstream"), "not read here");
    Files.writeString(folder.resolve("backups/monday.mbstream.repli-note"), NOTE);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private void log(String name, String version) throws IOException {
    Files.writeString(data().resolve(name), "\u0001bin-header-" + version + "\0rest");
  }

  private InPlaceLook.Seen look() {
    Machine machine =
        new Machine(
            new HostAccess.Local(),
            data(),
            "mysql:mysql",
            folder.resolve("tools/mariadbd"),
            List.of("/bin/true"),
            List.of("/bin/true"),
            Optional.of(new Machine.Backups(folder.resolve("backups"), folder)),
            Optional.of(
                new Machine.Previous("10.11", folder.resolve("tools"), List.of("/bin/true"))));
    Node node = OnePlan.plan(Duration.ofSeconds(10), "a".repeat(64)).target();
    InPlaceNode at = new InPlaceNode(node, machine, machine.previous().orElseThrow());
    try (Host host =
        LocalHosts.only().connect(machine.access(), BackupTools.allowed(machine), HostLog.NONE)) {
      return new InPlaceLook(at, new Answering(host), server).look(Optional.empty());
    }
  }

  private void assertClosed(String... why) {
    InPlaceLook.Seen seen = look();
    assertThat(seen.facts()).isEmpty();
    assertThat(seen.findings().problems()).contains(why);
    assertThat(seen.findings().all())
        .filteredOn(finding -> finding.verdict() == Finding.Verdict.BAD)
        .as("each says how to mend it")
        .allMatch(finding -> finding.found().contains("; to mend it: "));
  }

  @Test
  void findsTheBackupTheLogsAndTheMomentOfTheUpgrade() {
    InPlaceLook.Seen seen = look();

    assertThat(seen.findings().problems()).isEmpty();
    assertThat(seen.facts())
        .get()
        .satisfies(
            facts -> {
              assertThat(facts.backup()).isEqualTo(folder.resolve("backups/monday.mbstream"));
              assertThat(facts.start().offset()).isEqualTo(330);
              assertThat(facts.oldLogs()).containsExactly("bin.000001", "bin.000002");
              assertThat(facts.upgrade()).isEqualTo("0-1-99");
            });
  }

  @Test
  void saysHowLongTheRestoreTookAndHowMuchHasToBeWrittenAgain() throws IOException {
    assertThat(words().takes())
        .contains(
            "the restore while it serves (not known;",
            "nobody can write, and how long was never measured",
            "(115 transactions)");

    Files.writeString(
        folder.resolve("backups/monday.mbstream.repli-note"),
        NOTE.replace("12:00:00Z", "12:00:00Z\tPT61.2S"));
    assertThat(words().takes()).contains("(62 s in its rehearsal;");
    assertThat(words().loses()).contains("(21 transactions)");
  }

  private WayBack words() {
    return InPlaceWay.words(
        look(), "0-1-120", Instant.parse("2026-11-25T12:30:00Z"), EarlierClosedTime.NEVER);
  }

  @Test
  void saysHowOldTheNewestProvedBackupIsAndHowToGetOne() throws IOException {
    Files.setLastModifiedTime(
        folder.resolve("backups/monday.mbstream"),
        FileTime.from(Instant.parse("2026-11-20T09:30:00Z")));
    assertThat(words().takes()).contains("the newest proved backup is 5 days 3 h old");

    Files.delete(folder.resolve("backups/monday.mbstream.repli-note"));
    assertThat(words().takes()).contains("no backup is proved");
    assertThat(words().why()).contains("POST /api/plans/{id}/backup-proof");
  }

  @Test
  void knowsNoTimeAndNoSizeWhereItIsClosed() {
    server.version = "10.11.18-MariaDB-log";
    assertThat(words().takes()).contains("(not known;", "(not known)");
    assertThat(words().loses()).contains("(not known)");
  }

  @Test
  void isClosedWhereNothingWasUpgraded() {
    server.version = "10.11.18-MariaDB-log";
    assertClosed("upgraded from 10.11", "10.11.18-MariaDB-log");
  }

  @Test
  void takesNoLaterReleaseForTheOneBefore() {
    server.version = "10.110.1-MariaDB";
    assertThat(look().findings().problems()).isEmpty();
  }

  @Test
  void isClosedWhereTheBinaryLogsLieElsewhere() {
    server.logFolder = Optional.of(Path.of("/var/log/mysql"));
    assertClosed("binary logs in the data directory", "/var/log/mysql");
  }

  private String swap() {
    return look().findings().all().stream()
        .filter(finding -> finding.what().contains("can take the place"))
        .map(Finding::found)
        .collect(Collectors.joining());
  }

  @Test
  void isOpenAndSaysSoWhereTheDataDirectoryIsALink() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("disk")).resolve("elsewhere");
    Files.move(data(), elsewhere);
    Files.createSymbolicLink(data(), elsewhere);
    assertThat(look().findings().problems()).isEmpty();
    assertThat(swap()).isEqualTo("a link to " + elsewhere + ": that one changes places");

    answers.put("/bin/df -B1 --output=avail " + elsewhere.getParent(), "Avail\n12\n");
    assertClosed("free at least 2.2 times the data, " + elsewhere.getParent() + ": 0 MB free");
  }

  @Test
  void isOpenAndSaysSoWhereTheDataDirectoryIsAMountPoint() throws IOException {
    answers.put(
        "/usr/bin/head -c 4194305 -- /proc/self/mountinfo",
        "36 35 98:0 /m %s rw - ext4 /dev/x rw\n".formatted(data()));
    assertThat(look().findings().problems()).isEmpty();
    assertThat(swap()).startsWith("the mount point " + data()).contains("within it");

    Files.createDirectories(data().resolve("repli_kept_INC@002d1"));
    Files.write(data().resolve("repli_kept_INC@002d1/ibdata1"), new byte[3 << 20]);
    answers.put("/bin/df -B1 --output=avail " + data(), "Avail\n12\n");
    assertClosed(
        "free at least 2.2 times the data, " + data() + ": 0 MB free, 0 MB of data",
        "of earlier runs " + data() + "/repli_kept_INC@002d1 (3 MB");
  }

  @Test
  void isClosedWhereSomethingIsMountedWithinTheDataDirectory() {
    answers.put(
        "/usr/bin/head -c 4194305 -- /proc/self/mountinfo",
        "36 35 98:0 /m %s rw - ext4 /dev/x rw\n"
            .formatted(data().resolve("my logs"))
            .replace(" logs", "\\040logs"));
    assertClosed("can take the place", "something is mounted within it", "/my logs");
  }

  @Test
  void isClosedWhereRedoOrTablesLieOutside() throws IOException {
    server.folders = Map.of("innodb_log_group_home_dir", "/redo", "innodb_undo_directory", "./");
    assertClosed("redo and undo logs", "innodb_log_group_home_dir = /redo", "rebuild tables");
    assertThat(look().findings().problems()).doesNotContain("innodb_undo_directory = ");

    server.folders = Map.of();
    Files.createDirectories(data().resolve("app"));
    Files.writeString(data().resolve("app/far.isl"), "/far/app/far.ibd");
    assertClosed("the table of app/far.isl");
  }

  @Test
  void looksForSpaceWhereTheBackupIsRestored() {
    answers.put("/bin/df -B1 --output=avail " + folder, "Avail\n12\n");
    assertClosed("free at least 2.2 times the data, " + folder + ": 0 MB free");
  }

  @Test
  void namesWhatEarlierRunsKeptWhereSpaceIsMissing() throws IOException {
    Path kept = folder.resolve("data.repli-kept-INC-1");
    Files.createDirectories(kept);
    Files.write(kept.resolve("ibdata1"), new byte[3 << 20]);
    Files.setLastModifiedTime(kept, FileTime.from(Instant.parse("2026-11-01T08:00:00Z")));
    Files.createDirectories(folder.resolve("data.of-somebody-else"));
    assertThat(look().findings().problems()).isEmpty();

    answers.put("/bin/df -B1 --output=avail " + folder, "Avail\n12\n");
    assertClosed(kept + " (3 MB, last changed 2026-11-01T08:00:00Z)", "rm -r <directory>");
    assertThat(look().findings().problems()).doesNotContain("somebody-else");
  }

  @Test
  void takesAProofOfManyTables() throws IOException {
    String tables =
        IntStream.range(0, 5_000)
            .mapToObj("table\tapp.a_table_of_an_ordinary_shop_%d\t3\t4000000000\n"::formatted)
            .collect(Collectors.joining());
    Files.writeString(
        folder.resolve("backups/monday.mbstream.repli-note"),
        NOTE.replace("end\t1", tables + "end\t5001"));
    assertThat(look().findings().problems()).isEmpty();
  }

  @Test
  void takesAnotherBackupWhereANoteCannotBeRead() throws IOException {
    Files.writeString(folder.resolve("backups/sunday.mbstream"), "not read here");
    Files.setLastModifiedTime(
        folder.resolve("backups/sunday.mbstream"),
        FileTime.from(Instant.parse("2036-01-01T00:00:00Z")));
    Files.createDirectories(folder.resolve("backups/sunday.mbstream.repli-note"));
    assertThat(look().findings().problems()).isEmpty();

    Files.delete(folder.resolve("backups/monday.mbstream.repli-note"));
    assertClosed("sunday.mbstream: its note cannot be read");
  }

  @Test
  void isClosedWhereTheBinaryLogsDoNotShowTheUpgrade() throws IOException {
    log("bin.000001", "11.8.6-MariaDB-log");
    log("bin.000002", "11.8.6-MariaDB-log");
    assertClosed("binary logs up to the upgrade");
  }

  @Test
  void isClosedWhereTheBinaryLogOfTheBackupIsPurged() {
    server.logs = server.logs.subList(1, 3);
    server.atStart = "";
    assertClosed("proved backup", "purged");
  }

  @Test
  void isClosedWhereTheBackupIsOfAnotherServer() {
    server.atStart = "0-2-5";
    assertClosed("proved backup", "one of another server");
  }

  @Test
  void isClosedWhereNoBackupWasEverRestored() throws IOException {
    Files.delete(folder.resolve("backups/monday.mbstream.repli-note"));
    assertClosed("monday.mbstream was never restored in a rehearsal");
  }

  @Test
  void isClosedWithoutTheProgramsOfTheReleaseBefore() throws IOException {
    Files.delete(folder.resolve("tools/mbstream"));
    assertClosed("programs of 10.11", "tools/mbstream; to mend it: put the programs");
  }
}
