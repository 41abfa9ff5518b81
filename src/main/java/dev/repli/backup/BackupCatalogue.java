package dev.repli.backup;

import dev.repli.backup.Backup.Form;
import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostFiles;
import dev.repli.plan.Machine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The physical backups of one machine. */
public final class BackupCatalogue {
  /** A line for each table: enough for some hundred thousand. */
  private static final int LONGEST_NOTE = 32 << 20;

  private final HostFiles files;
  private final Machine machine;
  private final BackupSum sum;

  public BackupCatalogue(Host host, Machine machine) {
    this.files = new HostFiles(host);
    this.machine = machine;
    this.sum = new BackupSum(host);
  }

  /** All of them, the newest first. */
  public List<Backup> list() {
    Path directory = backups().directory();
    List<Backup> found = new ArrayList<>();
    for (String name : files.list(directory)) {
      backup(directory.resolve(name)).ifPresent(found::add);
    }
    found.sort(Comparator.comparing(Backup::changedAt).thenComparing(Backup::name).reversed());
    return found;
  }

  private Machine.Backups backups() {
    return machine
        .backups()
        .orElseThrow(() -> new IllegalStateException("the plan names no backups of this machine"));
  }

  private Optional<Backup> backup(Path path) {
    HostFiles.Entry entry = files.look(path).orElse(null);
    if (entry == null) {
      return Optional.empty();
    }
    return form(path, entry)
        .map(
            form ->
                new Backup(
                    path,
                    form,
                    form == Form.DIRECTORY ? files.bytes(path) : entry.bytes(),
                    Instant.ofEpochSecond(entry.changedSeconds())));
  }

  private Optional<Form> form(Path path, HostFiles.Entry entry) {
    String name = String.valueOf(path.getFileName());
    if (entry.directory()) {
      return BackupInfo.isIn(files, path) ? Optional.of(Form.DIRECTORY) : Optional.empty();
    }
    if (name.endsWith(".mbstream")) {
      return Optional.of(Form.STREAM);
    }
    return name.endsWith(".mbstream.gz") ? Optional.of(Form.STREAM_GZIP) : Optional.empty();
  }

  /** What its proof says; empty when nobody has restored it. Does not read the backup itself. */
  public Optional<BackupFacts> noted(Backup backup) {
    return files.exists(backup.note())
        ? BackupNotes.read(files.read(backup.note(), LONGEST_NOTE))
        : Optional.empty();
  }

  /**
   * Whether it was restored for real and is still the same: reads all of it once.
   *
   * @param cancellation ends the reading; then it is refused
   */
  public BackupState look(Backup backup, Cancellation cancellation) {
    Optional<BackupFacts> facts = noted(backup);
    if (facts.isEmpty()) {
      return new BackupState.Unproved(backup);
    }
    return judge(backup, facts.get(), sum.of(backup, cancellation));
  }

  private BackupState judge(Backup backup, BackupFacts facts, String now) {
    if (!now.equals(facts.checksum())) {
      return new BackupState.Refused(
          backup,
          "%s is not what was restored at %s: its checksum was %s and is %s; it was damaged or"
                  .formatted(backup.name(), facts.restoredAt(), facts.checksum(), now)
              + " swapped, take another backup");
    }
    return wrongVersion(backup, facts.serverVersion())
        .<BackupState>map(why -> new BackupState.Refused(backup, why))
        .orElseGet(() -> new BackupState.Proved(backup, facts));
  }

  Optional<String> wrongVersion(Backup backup, String serverVersion) {
    String wanted =
        machine
            .previous()
            .map(Machine.Previous::version)
            .orElseThrow(() -> new IllegalStateException("the plan names no previous release"));
    boolean right = serverVersion.equals(wanted) || serverVersion.matches(quoted(wanted));
    return right
        ? Optional.empty()
        : Optional.of(
            "%s is a backup of MariaDB %s, the plan goes back to %s; take a backup of that release"
                .formatted(backup.name(), serverVersion, wanted));
  }

  private static String quoted(String version) {
    return Pattern.quote(version) + "[.-].*";
  }
}
