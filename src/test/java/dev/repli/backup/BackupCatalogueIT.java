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
  @TempDir static Path shared;
  private static final Hosts HOSTS = LocalHosts.only();

  @SuppressWarnings("NullAway.Init") // started before the first test
  private static BackupLab lab;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    assumeThat(BackupLab.isPossible()).as("scripts/fetch-servers").isTrue();
    lab = new BackupLab(shared);
    lab.backup("plain", "");
    lab.backup("one.mbstream", "cat");
    lab.backup("two.mbstream.gz", "gzip -1");
  }

  @AfterAll
  static void end() {
    if (lab != null) {
      lab.close();
    }
  }

  @BeforeEach
  void copyOne() throws IOException {
    Files.copy(shared.resolve("backups/one.mbstream"), folder.resolve("b.mbstream"));
  }

  private Machine machine(Path backups, String version) {
    return lab.machine(new HostAccess.Local(), backups, folder, version);
  }

  private Host host(Machine machine) {
    return HOSTS.connect(machine.access(), BackupTools.allowed(machine), HostLog.NONE);
  }

  private BackupRehearsal rehearsal(Machine machine) {
    return new BackupRehearsal(() -> host(machine), machine, Clock.systemUTC());
  }

  private static Map<String, Table> tablesOfTheServer() throws SQLException {
    Map<String, Table> tables = new TreeMap<>();
    try (Connection admin = lab.server.admin();
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
    try (Connection admin = lab.server.admin();
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
