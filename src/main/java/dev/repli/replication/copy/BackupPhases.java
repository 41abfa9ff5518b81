package dev.repli.replication.copy;

import dev.repli.database.NodeException;
import dev.repli.database.Position;
import dev.repli.plan.InitialCopy;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.replication.SetupServer;
import dev.repli.replication.copy.CopyRecord.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A physical copy on one machine. The target's old data directory is kept beside the new one;
 * nobody but people deletes it.
 */
final class BackupPhases {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private final CopyPhases shared;

  BackupPhases(CopyPhases shared) {
    this.shared = shared;
  }

  void backup(CopyWork work) {
    String id = UUID.randomUUID().toString();
    work.folder().clear();
    work.note(copy -> copy.at(Phase.BACKUP, id));
    work.refuseWhenCancelled();
    Plan plan = work.order().plan();
    Path into = work.folder().backup(id);
    run(
        work,
        ToolCommands.backup(plan, files(plan), into),
        shared.password(plan, Node.Role.SOURCE));
    Position start = position(into);
    shared.reached(
        work,
        "BACKED_UP",
        "The source was backed up at position " + start,
        Map.of("position", start.value()));
    work.note(copy -> copy.at(Phase.PREPARE, id).from(start));
  }

  /** What was prepared half, nobody vouches for: then the backup begins anew. */
  void prepare(CopyWork work) {
    String id = work.now().workId();
    Path backup = work.folder().backup(id);
    boolean interrupted = work.now().partsDone() > 0;
    if (interrupted || !Files.isDirectory(backup)) {
      work.note(copy -> copy.at(Phase.BACKUP, ""));
      return;
    }
    work.note(copy -> copy.progress(1, 1, 0, 0));
    work.refuseWhenCancelled();
    run(work, ToolCommands.prepare(work.order().plan(), backup), "");
    work.note(copy -> copy.at(Phase.REPLACE, id));
  }

  /** From the old directory that is beside it a second try knows that the new one is its own. */
  void replace(CopyWork work) {
    Plan plan = work.order().plan();
    InitialCopy.Files files = files(plan);
    Path backup = work.folder().backup(work.now().workId());
    if (!Files.isDirectory(backup)) {
      work.note(copy -> copy.at(Phase.BACKUP, ""));
      return;
    }
    Path data = files.targetData();
    Path old = data.resolveSibling(data.getFileName() + ".before-" + work.now().workId());
    work.note(CopyRecord::loading);
    work.refuseWhenCancelled();
    operate(work, files.stop());
    try {
      work.refuseWhenNotOurs();
      if (!Files.exists(old)) {
        Files.move(data, old, StandardCopyOption.ATOMIC_MOVE);
      }
      if (Files.exists(data)) {
        CopyFolder.delete(data);
      }
      Files.createDirectory(data);
      run(work, ToolCommands.copyBack(plan, files, backup), "");
      giveTo(old, data);
    } catch (IOException e) {
      throw new CopyFailure("replacing " + data + ": " + e.getMessage(), e);
    }
    operate(work, files.start());
    fence(work);
    shared.reached(
        work,
        "COPIED",
        "The target runs on the copy; its former data are in " + old,
        Map.of("former", old.toString()));
    work.note(copy -> copy.at(Phase.DONE, copy.workId()));
  }

  private void run(CopyWork work, List<String> command, String password) {
    work.refuseWhenNotOurs();
    long begin = System.nanoTime();
    Tool.run(command, password, work.folder().path(), work.cancel());
    work.refuseWhenCancelled();
    shared.ran(work, command, Duration.ofNanos(System.nanoTime() - begin));
  }

  /** A command of the operators' own, which may start a server: it is never ended for its begin. */
  private void operate(CopyWork work, List<String> command) {
    work.refuseWhenNotOurs();
    long begin = System.nanoTime();
    Tool.operate(command, work.folder().path());
    work.refuseWhenCancelled();
    shared.ran(work, command, Duration.ofNanos(System.nanoTime() - begin));
  }

  private static InitialCopy.Files files(Plan plan) {
    return plan.copy()
        .files()
        .orElseThrow(() -> new CopyFailure("the plan has no copy.files, which a backup needs"));
  }

  /** The file's name depends on the release. */
  private static Position position(Path backup) {
    try (Stream<Path> names =
        Stream.of("mariadb_backup_binlog_info", "xtrabackup_binlog_info").map(backup::resolve)) {
      Path file =
          names
              .filter(Files::exists)
              .findFirst()
              .orElseThrow(() -> new CopyFailure("the backup has no binary log position"));
      String[] words = Files.readString(file).strip().split("\\s+", -1);
      return words.length > 2
          ? new Position(Position.Kind.MARIADB_GTID, words[2])
          : new Position(Position.Kind.BINLOG_FILE, words[0] + ":" + words[1]);
    } catch (IOException e) {
      throw new CopyFailure("reading the position of the backup: " + e.getMessage(), e);
    }
  }

  /** The server's user owned the old directory. */
  private static void giveTo(Path old, Path data) throws IOException {
    PosixFileAttributes owner = Files.readAttributes(old, PosixFileAttributes.class);
    try (Stream<Path> all = Files.walk(data)) {
      for (Path each : all.toList()) {
        Files.setAttribute(each, "posix:owner", owner.owner());
        Files.setAttribute(each, "posix:group", owner.group());
      }
    }
  }

  private void fence(CopyWork work) {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try (SetupServer target = shared.target(work)) {
        target.fence();
        target.silenceEvents();
        return;
      } catch (NodeException e) {
        if (System.nanoTime() > end) {
          throw new CopyFailure("the target does not answer on the copy: " + e.getMessage(), e);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
        work.refuseWhenCancelled();
      }
    }
  }
}
