package dev.repli.backup;

import dev.repli.backup.BackupFacts.Table;
import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostFiles;
import dev.repli.plan.Machine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Proves a backup: restores it for real into a scratch directory, starts a server of its release on
 * it, counts and checksums every table, and writes that down beside the backup. The scratch
 * directory is removed at the end, and by the next rehearsal when this one was killed.
 */
public final class BackupRehearsal {
  private final Supplier<Host> sessions;
  private final Machine machine;
  private final Clock clock;

  /**
   * @param sessions open a session on the machine, each closed here
   */
  public BackupRehearsal(Supplier<Host> sessions, Machine machine, Clock clock) {
    this.sessions = sessions;
    this.machine = machine;
    this.clock = clock;
  }

  /** Hears how far a rehearsal is. */
  @FunctionalInterface
  public interface Progress {
    /** How many parts a rehearsal has: both looks at the backup, unpacking, preparing, tables. */
    int PARTS = 5;

    Progress NONE = parts -> {};

    /** So many of {@link #PARTS} are done. */
    void done(int parts);
  }

  /** Hours for terabytes; whoever cancels finds no proof written. */
  public BackupState prove(Backup backup, Cancellation cancellation) {
    return prove(backup, cancellation, Progress.NONE);
  }

  /** The same, telling how far it is. */
  public BackupState prove(Backup backup, Cancellation cancellation, Progress progress) {
    try (Host host = sessions.get()) {
      HostFiles files = new HostFiles(host);
      clear(files, scratch(backup));
      try (Scratch scratch = new Scratch(files, scratch(backup))) {
        BackupFacts facts = restore(host, backup, scratch.folder(), cancellation, progress);
        Optional<String> wrong =
            new BackupCatalogue(host, machine).wrongVersion(backup, facts.serverVersion());
        if (wrong.isPresent()) {
          return new BackupState.Refused(backup, wrong.get());
        }
        files.write(backup.note(), BackupNotes.write(facts), "600");
        return new BackupState.Proved(backup, facts);
      } catch (BackupException e) {
        return new BackupState.Refused(backup, backup.name() + ": " + e.getMessage());
      }
    }
  }

  /**
   * Ends what a rehearsal of this backup may have left behind, and removes its scratch directory.
   */
  public void clear(Backup backup) {
    try (Host host = sessions.get()) {
      clear(new HostFiles(host), scratch(backup));
    }
  }

  /** Every change of a rehearsal in its order, for sessions that write down and do nothing. */
  public void writeDown(Backup backup) {
    BackupTools tools = new BackupTools(machine.previous().orElseThrow());
    Path scratch = scratch(backup);
    Path mark = ScratchServer.mark(scratch);
    try (Host host = sessions.get()) {
      HostFiles files = new HostFiles(host);
      clear(files, scratch);
      files.makeDirectory(scratch, "700");
      host.run(tools.unpack(backup, scratch).marked(mark));
      host.run(tools.prepare(scratch).marked(mark));
      files.own(scratch, machine.owner());
      host.run(tools.serve(scratch, ScratchServer.SOCKET, user()).marked(mark));
      files.write(backup.note(), "", "600");
      clear(files, scratch);
    }
  }

  /** A resource, so that what fails while clearing away does not hide why the restore failed. */
  private record Scratch(HostFiles files, Path folder) implements AutoCloseable {
    @Override
    public void close() {
      clear(files, folder);
    }
  }

  private Path scratch(Backup backup) {
    return machine.backups().orElseThrow().scratch().resolve("repli-rehearsal-" + backup.name());
  }

  private static void clear(HostFiles files, Path scratch) {
    files.end(ScratchServer.mark(scratch));
    files.delete(scratch);
    files.delete(ScratchServer.mark(scratch).resolveSibling(scratch.getFileName() + ".mark.lock"));
  }

  private BackupFacts restore(
      Host host, Backup backup, Path scratch, Cancellation cancellation, Progress progress) {
    HostFiles files = new HostFiles(host);
    BackupTools tools = new BackupTools(machine.previous().orElseThrow());
    files.makeDirectory(scratch, "700");
    String before = new BackupSum(host).of(backup, cancellation);
    progress.done(1);
    Instant begun = clock.instant();
    BackupRestore restore = new BackupRestore(host, machine, ScratchServer.mark(scratch));
    BackupInfo info = restore.unpacked(backup, scratch, cancellation);
    progress.done(2);
    restore.prepare(scratch, cancellation);
    progress.done(3);
    Duration took = Duration.between(begun, clock.instant());
    Map<String, Table> tables = ask(host, tools, scratch, cancellation);
    progress.done(4);
    String after = new BackupSum(host).of(backup, cancellation);
    if (!before.equals(after)) {
      throw new BackupException("it changed while it was restored; is it still being written?");
    }
    return new BackupFacts(
        after, info.serverVersion(), info.start(), tables, clock.instant(), Optional.of(took));
  }

  private Map<String, Table> ask(
      Host host, BackupTools tools, Path data, Cancellation cancellation) {
    try (ScratchServer server =
        new ScratchServer(host, sessions.get(), tools, data, user(), cancellation)) {
      server.awaitStart();
      return server.tables();
    }
  }

  private String user() {
    return machine.owner().split(":", 2)[0];
  }
}
