package dev.repli.backup.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.repli.backup.BackupLab;
import dev.repli.host.Cancellation;
import dev.repli.host.Hosts;
import dev.repli.host.local.LocalHosts;
import dev.repli.host.ssh.LabSshd;
import dev.repli.host.ssh.SshHosts;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.JournalEntry;
import dev.repli.longwork.WorkLostException;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkResult;
import dev.repli.longwork.WorkWatch;
import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import dev.repli.plan.Plan;
import dev.repli.rollback.UpgradedPlan;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Proofs as runs make them, of backups of a real 10.11. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ProveBackupIT {
  @TempDir static Path shared;

  @SuppressWarnings("NullAway.Init") // started before the first test
  private static BackupLab lab;

  @TempDir Path folder;
  private final InMemoryJournal journal = new InMemoryJournal();
  private final FixedRuns runs = new FixedRuns();
  private Hosts hosts = LocalHosts.only();
  private HostAccess access = new HostAccess.Local();

  /** After so many parts the work belongs to another Repli. */
  private int lostAfter = Integer.MAX_VALUE;

  /** As soon as its note is written. */
  private boolean lostAtNote;

  private final List<Long> parts = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    assumeThat(BackupLab.isPossible()).as("scripts/fetch-servers").isTrue();
    lab = new BackupLab(shared);
    lab.backup("one.mbstream.gz", "gzip -1");
  }

  @AfterAll
  static void end() {
    if (lab != null) {
      lab.close();
    }
  }

  @BeforeEach
  void copies() throws IOException {
    Files.createDirectories(backups());
    Files.createDirectories(folder.resolve("scratch"));
    copy("monday.mbstream.gz", "2026-11-16T03:00:00Z");
    copy("tuesday.mbstream.gz", "2026-11-17T03:00:00Z");
  }

  private Path backups() {
    return folder.resolve("backups");
  }

  private void copy(String name, String at) throws IOException {
    Files.copy(lab.backups().resolve("one.mbstream.gz"), backups().resolve(name));
    touch(name, at);
  }

  private void touch(String name, String at) throws IOException {
    Files.setLastModifiedTime(backups().resolve(name), FileTime.from(Instant.parse(at)));
  }

  private void damage(String name, String at) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(backups().resolve(name).toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    touch(name, at);
  }

  private final class Watch implements WorkWatch {
    private final Cancellation cancellation = new Cancellation();

    @Override
    public Cancellation cancellation() {
      return cancellation;
    }

    @Override
    public void progress(long done, long of, String unit) {
      assertThat(of).isEqualTo(5);
      parts.add(done);
    }

    @Override
    public void mine() {
      boolean noted = Files.exists(backups().resolve("tuesday.mbstream.gz.repli-note"));
      if (parts.size() >= lostAfter || (lostAtNote && noted)) {
        throw new WorkLostException("another Repli has taken it over");
      }
    }
  }

  private WorkOrder order(String run, boolean dryRun, Map<String, String> facts) {
    Machine machine = lab.machine(access, backups(), folder.resolve("scratch"), "10.11");
    Plan plan = UpgradedPlan.on(machine);
    return new WorkOrder(new RunKey(run), plan, dryRun, facts);
  }

  private WorkResult prove(String run) {
    return prove(order(run, false, Map.of()));
  }

  private WorkResult prove(WorkOrder order) {
    if (runs.find(order.run()).isEmpty()) {
      runs.with(
          order.run(), BackupSchedule.RUNBOOK, order.plan().id(), "op1", Optional.of("Ended"));
    }
    return work().perform(order, new Watch());
  }

  private ProveBackup work() {
    Clock clock = Clock.systemUTC();
    return new ProveBackup(hosts, journal, () -> runs, clock);
  }

  private Milestone newest(String run, String name) {
    return (Milestone) journal.newestMilestone(new RunKey(run), name).orElseThrow().evidence();
  }

  private Optional<ProofResult> result(String run) {
    return ProofResult.of(journal, new RunKey(run));
  }

  private Stream<Evidence> evidence(String run) {
    return journal.read(new RunKey(run)).stream().map(JournalEntry::evidence);
  }

  private void assertNothingIsLeft() {
    assertThat(folder.resolve("scratch")).isEmptyDirectory();
  }

  @Test
  void provesTheNewestWithoutAProofAndThenTheNext() {
    prove("p-1");
    assertThat(newest("p-1", "BACKUP_PROVED").facts())
        .containsEntry("backup", "tuesday.mbstream.gz")
        .containsEntry("changedAt", "2026-11-17T03:00:00Z")
        .hasEntrySatisfying("serverVersion", version -> assertThat(version).startsWith("10.11"))
        .hasEntrySatisfying("rows", rows -> assertThat(Long.parseLong(rows)).isGreaterThan(5002))
        .containsKeys("position", "checksum", "tables", "tookMs");
    assertThat(backups().resolve("tuesday.mbstream.gz.repli-note")).exists();
    assertThat(parts).containsExactly(1L, 2L, 3L, 4L);
    prove("p-2");
    assertThat(newest("p-2", "BACKUP_PROVED").facts())
        .containsEntry("backup", "monday.mbstream.gz");
    prove("p-3");
    assertThat(result("p-3")).contains(ProofResult.NONE);
    assertThat(newest("p-3", "BACKUP_NONE_TO_PROVE").text())
        .contains("of 2 backups 2 are proved and 0 were refused");
    assertNothingIsLeft();
  }

  @Test
  void saysWhyOneIsRefusedAndDoesNotTakeItAgainUntilItChanges() throws IOException {
    damage("tuesday.mbstream.gz", "2026-11-17T03:00:00Z");
    prove("p-1");
    assertThat(newest("p-1", "BACKUP_REFUSED").text()).contains("tuesday.mbstream.gz");
    assertThat(newest("p-1", "BACKUP_REFUSED").facts())
        .containsEntry("message", "backup-not-proved")
        .containsKey("why");
    prove("p-2");
    assertThat(newest("p-2", "BACKUP_PROVED").facts())
        .containsEntry("backup", "monday.mbstream.gz");
    prove("p-3");
    assertThat(newest("p-3", "BACKUP_NONE_TO_PROVE").text()).contains("1 were refused");

    touch("tuesday.mbstream.gz", "2026-11-18T03:00:00Z");
    prove("p-4");
    assertThat(result("p-4")).contains(ProofResult.REFUSED);
    assertNothingIsLeft();
  }

  @Test
  void provesTheNamedOneAgainAndRefusesANameThatIsNotThere() {
    WorkOrder named = order("p-1", false, Map.of("backup", "monday.mbstream.gz"));
    prove(named);
    prove(order("p-2", false, named.facts()));
    assertThat(newest("p-2", "BACKUP_PROVED").facts())
        .containsEntry("backup", "monday.mbstream.gz");

    prove(order("p-3", false, Map.of("backup", "../backups/monday.mbstream.gz")));
    assertThat(newest("p-3", "BACKUP_REFUSED").text())
        .contains("no backup is called", "tuesday.mbstream.gz, monday.mbstream.gz");
  }

  @Test
  void aDryRunWritesDownWhatItWouldDo() {
    prove(order("p-1", true, Map.of()));

    assertThat(newest("p-1", "BACKUP_CHOSEN").text()).contains("tuesday.mbstream.gz");
    assertThat(evidence("p-1").filter(CommandRun.class::isInstance).map(CommandRun.class::cast))
        .allMatch(run -> run.outcome().equals("dry run: not run"))
        .extracting(CommandRun::command)
        .anyMatch(command -> command.contains("mbstream -x -C"))
        .anyMatch(command -> command.contains("mariadb-backup --no-defaults --prepare"))
        .anyMatch(command -> command.contains("--skip-networking"))
        .anyMatch(command -> command.contains("tuesday.mbstream.gz.repli-note"));
    assertThat(result("p-1")).isEmpty();
    assertThat(backups().resolve("tuesday.mbstream.gz.repli-note")).doesNotExist();
    assertNothingIsLeft();
  }

  @Test
  void whoHasLostTheWorkJudgesNothingAndTheNextOneBeginsAgain() throws IOException {
    for (int lost = 1; lost <= 4; lost++) {
      parts.clear();
      lostAfter = lost;
      assertThatThrownBy(() -> prove("p-1")).isInstanceOf(WorkLostException.class);
      assertThat(result("p-1")).isEmpty();
      assertThat(backups().resolve("tuesday.mbstream.gz.repli-note")).doesNotExist();
    }
    lostAfter = Integer.MAX_VALUE;
    copy("wednesday.mbstream.gz", "2026-11-18T03:00:00Z");
    prove("p-1");

    assertThat(newest("p-1", "BACKUP_PROVED").facts())
        .as("what was chosen first")
        .containsEntry("backup", "tuesday.mbstream.gz");
    assertNothingIsLeft();
  }

  @Test
  void oneThatWasKilledBehindItsNoteIsDone() {
    lostAtNote = true;
    assertThatThrownBy(() -> prove("p-1")).isInstanceOf(WorkLostException.class);
    assertThat(result("p-1")).isEmpty();
    lostAtNote = false;
    parts.clear();
    prove("p-1");

    assertThat(result("p-1")).contains(ProofResult.PROVED);
    assertThat(parts).as("restored again").isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void clearsWhatAnAbortedOneHasRestored() {
    lostAfter = 3;
    assertThatThrownBy(() -> prove("p-1")).isInstanceOf(WorkLostException.class);
    assertThat(folder.resolve("scratch")).isNotEmptyDirectory();
    lostAfter = Integer.MAX_VALUE;
    work().clear(order("p-1", false, Map.of()), new Watch());

    assertNothingIsLeft();
  }

  @Test
  void tellsPeopleWhenTheMachineCouldNotDoIt() throws IOException {
    Files.delete(backups().resolve("monday.mbstream.gz"));
    Files.delete(backups().resolve("tuesday.mbstream.gz"));
    Files.delete(backups());

    assertThatThrownBy(() -> prove("p-1")).hasMessageContaining("list " + backups());
    assertThat(newest("p-1", "BACKUP_PROOF_FAILED").facts())
        .containsEntry("message", "backup-not-proved");
    assertThat(result("p-1")).isEmpty();
  }

  @Test
  void worksOnAMachineOverSsh() throws IOException {
    assumeThat(LabSshd.isInstalled()).as("sshd").isTrue();
    Path keys = Files.createDirectories(folder.resolve("keys"));
    try (LabSshd sshd = LabSshd.start(keys);
        SshHosts overSsh = new SshHosts()) {
      hosts = overSsh.only();
      access = sshd.access();
      prove("p-1");
    }

    assertThat(result("p-1")).contains(ProofResult.PROVED);
    assertNothingIsLeft();
  }
}
