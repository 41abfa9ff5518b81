package dev.repli.backup.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.backup.Backup;
import dev.repli.backup.BackupCatalogue;
import dev.repli.backup.BackupTools;
import dev.repli.database.VirtualTime;
import dev.repli.host.Host;
import dev.repli.host.local.LocalHosts;
import dev.repli.journal.InMemoryJournal;
import dev.repli.longwork.WorkOrder;
import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import dev.repli.plan.Plan;
import dev.repli.rollback.UpgradedPlan;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which backup is proved, of files that are there. */
class BackupChoiceTest {
  @TempDir Path folder;
  private final VirtualTime time = new VirtualTime();
  private final FixedRuns runs = new FixedRuns();
  private final BackupChoice choice = new BackupChoice(new InMemoryJournal(), () -> runs, time);

  private void changed(String name, Duration ago) throws IOException {
    Files.writeString(folder.resolve(name), name);
    Files.setLastModifiedTime(folder.resolve(name), FileTime.from(time.instant().minus(ago)));
  }

  private BackupChoice.Choice choose(String by) {
    Machine machine =
        new Machine(
            new HostAccess.Local(),
            Path.of("/var/lib/mysql"),
            "mysql:mysql",
            Path.of("/usr/sbin/mariadbd"),
            List.of("/bin/stop"),
            List.of("/bin/start"),
            Optional.of(new Machine.Backups(folder, Path.of("/scratch"))),
            Optional.of(
                new Machine.Previous("10.11", Path.of("/opt/before"), List.of("/bin/true"))));
    Plan plan = UpgradedPlan.on(machine);
    RunKey key = new RunKey("proof-" + by);
    runs.with(key, BackupSchedule.RUNBOOK, plan.id(), by, Optional.empty());
    try (Host host =
        LocalHosts.only()
            .connect(
                machine.access(),
                BackupTools.allowed(machine),
                (where, command, took, outcome) -> {})) {
      return choice.choose(
          new WorkOrder(key, plan, false, Map.of()), new BackupCatalogue(host, machine));
    }
  }

  @Test
  void theScheduleLeavesOutWhatMayStillBeWritten() throws IOException {
    changed("monday.mbstream", Duration.ofDays(1));
    changed("tuesday.mbstream", Duration.ofMinutes(3));

    assertThat(choose("schedule").backup()).map(Backup::name).contains("monday.mbstream");
    assertThat(choose("op1").backup()).map(Backup::name).contains("tuesday.mbstream");
  }

  @Test
  void saysWhyThereIsNone() throws IOException {
    changed("tuesday.mbstream", Duration.ofMinutes(3));

    assertThat(choose("schedule").backup()).isEmpty();
    assertThat(choose("schedule").why())
        .contains("0 are proved and 0 were refused, 1 changed within the last 10 min");
    time.advance(Duration.ofMinutes(8));
    assertThat(choose("schedule").backup()).isPresent();
  }
}
