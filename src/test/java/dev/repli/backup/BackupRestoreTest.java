package dev.repli.backup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostException;
import dev.repli.host.HostResult;
import dev.repli.host.HostResult.Ending;
import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a restore that did not work is about the backup, and what about the machine. */
class BackupRestoreTest {
  private static final Path FOLDER = Path.of("/backup");
  private static final Machine MACHINE =
      new Machine(
          new HostAccess.Local(),
          Path.of("/var/lib/mysql"),
          "mysql:mysql",
          Path.of("/usr/sbin/mariadbd"),
          List.of("/bin/stop"),
          List.of("/bin/start"),
          Optional.of(new Machine.Backups(FOLDER, Path.of("/scratch"))),
          Optional.of(new Machine.Previous("10.11", Path.of("/opt/before"), List.of("/bin/true"))));
  private static final Backup BACKUP =
      new Backup(
          FOLDER.resolve("monday.mbstream"),
          Backup.Form.STREAM,
          4711,
          Instant.parse("2026-11-16T03:00:00Z"));

  /** Every command ends like this. */
  private record Ends(int exit, Ending ending) implements Host {
    @Override
    public String label() {
      return "host db2";
    }

    @Override
    public HostResult run(HostCommand command, Streams streams, Cancellation cancellation) {
      return new HostResult(exit, "", "", ending);
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  private static void restore(int exit, Ending ending) {
    new BackupRestore(new Ends(exit, ending), MACHINE, Path.of("/scratch/mark"))
        .into(BACKUP, Path.of("/scratch/data"), new Cancellation(), () -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "126, EXITED",
    "127, EXITED",
    "130, EXITED",
    "137, EXITED",
    "143, EXITED",
    "255, EXITED",
    "0, CANCELLED",
    "137, OUT_OF_TIME",
    "75, REFUSED_BUSY",
  })
  void whatIsCutShortSaysNothingOfTheBackup(int exit, Ending ending) {
    assertThatThrownBy(() -> restore(exit, ending))
        .isInstanceOf(HostException.class)
        .hasMessageStartingWith("host db2: ")
        .hasMessageContaining("says nothing of the backup");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 134, 139, 141})
  void whatEndsByItselfRefusesTheBackup(int exit) {
    assertThatThrownBy(() -> restore(exit, Ending.EXITED))
        .isInstanceOf(BackupException.class)
        .hasMessage("cannot be unpacked: it ended with status " + exit);
  }
}
