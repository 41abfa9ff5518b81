package dev.repli.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.repli.backup.BackupFacts.Table;
import dev.repli.backup.BackupState.Proved;
import dev.repli.backup.BackupState.Refused;
import dev.repli.backup.BackupState.Unproved;
import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostLog;
import dev.repli.host.Hosts;
import dev.repli.host.local.LocalHosts;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a real 10.11, restored for real. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BackupCatalogueIT {
  private static final String RELEASE = "mariadb-10.11";
  @TempDir static Path shared;
  private static final Hosts HOSTS = LocalHosts.only();

  @SuppressWarnings("NullAway.Init") // started before the first test
  private static MariaDbServer server;

  private static Path tools = Path.of("/usr/bin");
  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    assumeThat(ServerInstallation.isUnpacked(RELEASE)).as("scripts/fetch-servers").isTrue();
    ServerInstallation installation = ServerInstallation.unpacked(RELEASE);
    tools = installation.program().resolveSibling(".").normalize();
    server =
        MariaDbServer.start(installation, settings(), LabAccounts.random(), shared.resolve("s"));
    try (Connection admin = server.admin();
        Statement sql = admin.createStatement()) {
      sql.execute("CREATE DATABASE IF NOT EXISTS app");
      sql.execute("CREATE TABLE app.`odd ``name` (id INT PRIMARY KEY, t TEXT)");
      sql.execute(
          "INSERT INTO app.`odd ``name` SELECT seq, REPEAT('x', 500) FROM app.seq_1_to_5000");
      sql.execute("CREATE TABLE app.old (id INT PRIMARY KEY) WITH SYSTEM VERSIONING");
      sql.execute("INSERT INTO app.old VALUES (1), (2), (3)");
    }
    Files.createDirectories(shared.resolve("backups"));
    backup("plain", "");
    backup("one.mbstream", "cat");
    backup("two.mbstream.gz", "gzip -1");
  }

  private static ServerSettings settings() {
    return ServerSettings.of(1)
        .with("innodb-log-file-size", "16M")
        .with("innodb-undo-tablespaces", "0");
  }

  @AfterAll
  static void end() {
    if (server != null) {
      server.close();
    }
  }

  /** As operators make them. */
  private static void backup(String name, String filter) throws IOException, SQLException {
    Path to = shared.resolve("backups").resolve(name);
    try (Connection admin = server.admin();
        Statement sql = admin.createStatement()) {
      sql.execute("CREATE USER IF NOT EXISTS 'bk'@'%' IDENTIFIED BY 'bk'");
      sql.execute("GRANT ALL ON *.* TO 'bk'@'%'");
    }
    String base =
        "%s/mariadb-backup --no-defaults --backup --protocol=tcp --host=127.0.0.1 --port=%d --user=bk"
            .formatted(tools, server.port());
    String data = " --datadir=" + shared.resolve("s/data");
    String command =
        filter.isEmpty()
            ? base + data + " --target-dir=" + to
            : base + data + " --stream=mbstream --target-dir=/tmp | " + filter + " >" + to;
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-o", "pipefail", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(shared.resolve(name + ".log").toFile());
    builder.environment().put("MYSQL_PWD", "bk");
    assertThat(builder.start().onExit().join().exitValue())
        .as("%s", shared.resolve(name + ".log"))
        .isZero();
  }

  @BeforeEach
  void copyOne() throws IOException {
    Files.copy(shared.resolve("backups/one.mbstream"), folder.resolve("b.mbstream"));
  }

  private Machine machine(Path backups, String version) {
    return new Machine(
        new HostAccess.Local(),
        shared.resolve("s/data"),
        System.getProperty("user.name") + ":" + System.getProperty("user.name"),
        tools.resolve("mariadbd"),
        List.of("/bin/true"),
        List.of("/bin/true"),
        Optional.of(new Machine.Backups(backups, folder)),
        Optional.of(new Machine.Previous(version, tools, List.of("/bin/true"))));
  }

  private Host host(Machine machine) {
    return HOSTS.connect(machine.access(), BackupTools.allowed(machine), HostLog.NONE);
  }

  private BackupRehearsal rehearsal(Machine machine) {
    return new BackupRehearsal(() -> host(machine), machine, Clock.systemUTC());
  }

  private static Map<String, Table> tablesOfTheServer() throws SQLException {
    Map<String, Table> tables = new TreeMap<>();
    try (Connection admin = server.admin();
        Statement sql = admin.createStatement();
        Statement each = admin.createStatement();
        ResultSet all =
            sql.executeQuery(
                "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema"
                    + " IN ('app', 'repli_probe', 'repli')"
                    + " AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')")) {
      while (all.next()) {
        String name = "`%s`.`%s`".formatted(all.getString(1), all.getString(2).replace("`", "``"));
        long rows = number(each, "SELECT COUNT(*) FROM " + name, 1);
        long sum = number(each, "CHECKSUM TABLE " + name, 2);
        tables.put(all.getString(1) + "." + all.getString(2), new Table(rows, String.valueOf(sum)));
      }
    }
    return tables;
  }

  private static long number(Statement sql, String query, int column) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getLong(column);
    }
  }

  @Test
  void provesEachFormByRestoringItAndRemembersWhatItSaw() throws Exception {
    Machine machine = machine(shared.resolve("backups"), "10.11");
    try (Host host = host(machine)) {
      BackupCatalogue catalogue = new BackupCatalogue(host, machine);
      assertThat(catalogue.list())
          .extracting(Backup::name)
          .containsExactlyInAnyOrder("plain", "one.mbstream", "two.mbstream.gz");
      for (Backup backup : catalogue.list()) {
        assertThat(catalogue.look(backup, new Cancellation())).isInstanceOf(Unproved.class);
        BackupState proved = rehearsal(machine).prove(backup, new Cancellation());
        assertThat(proved)
            .as(backup.name())
            .isInstanceOfSatisfying(Proved.class, this::isTheServers);
        assertThat(catalogue.look(backup, new Cancellation())).isEqualTo(proved);
        Files.delete(backup.note());
      }
    }
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("rehearsal"));
  }

  private void isTheServers(Proved proved) {
    try (Connection admin = server.admin();
        Statement sql = admin.createStatement()) {
      BackupFacts facts = proved.facts();
      assertThat(facts.serverVersion()).startsWith("10.11");
      assertThat(facts.tables()).containsAllEntriesOf(tablesOfTheServer());
      assertThat(facts.tables().get("app.odd `name")).extracting(Table::rows).isEqualTo(5000L);
      try (ResultSet there = sql.executeQuery(BackupOrigin.question(facts.start()))) {
        there.next();
        Optional<String> answer = Optional.ofNullable(there.getString(1));
        assertThat(BackupOrigin.refusal(facts.start(), answer)).isEmpty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusesABackupOfAnotherServer() {
    BackupFacts.Start start = new BackupFacts.Start("bin.000001", 330, "0-1-5");
    assertThat(BackupOrigin.refusal(start, Optional.of("0-2-5")))
        .get()
        .asString()
        .contains("the backup is one of another server");
    assertThat(BackupOrigin.refusal(start, Optional.empty())).get().asString().contains("purged");
  }

  @Test
  void refusesADamagedBackup() throws IOException {
    Machine machine = machine(folder, "10.11");
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("b.mbstream").toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    try (Host host = host(machine)) {
      Backup backup = new BackupCatalogue(host, machine).list().get(0);
      assertThat(rehearsal(machine).prove(backup, new Cancellation()))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.why()).contains("b.mbstream"));
      assertThat(backup.note()).doesNotExist();
    }
  }

  @Test
  void refusesABackupThatWasSwappedOrDamagedAfterItsProof() throws IOException {
    Machine machine = machine(folder, "10.11");
    try (Host host = host(machine)) {
      BackupCatalogue catalogue = new BackupCatalogue(host, machine);
      Backup backup = catalogue.list().get(0);
      assertThat(rehearsal(machine).prove(backup, new Cancellation())).isInstanceOf(Proved.class);
      Files.copy(
          shared.resolve("backups/two.mbstream.gz"),
          backup.path(),
          StandardCopyOption.REPLACE_EXISTING);
      assertThat(catalogue.look(backup, new Cancellation()))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.why()).contains("it was damaged or swapped"));
    }
  }

  @Test
  void refusesABackupOfAnotherRelease() {
    Machine machine = machine(folder, "10.1");
    try (Host host = host(machine)) {
      Backup backup = new BackupCatalogue(host, machine).list().get(0);
      assertThat(rehearsal(machine).prove(backup, new Cancellation()))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.why()).contains("the plan goes back to 10.1;"));
      assertThat(backup.note()).doesNotExist();
    }
  }
}
