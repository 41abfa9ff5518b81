package dev.repli.replication.copy;

import dev.repli.database.Position;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.replication.SetupServer;
import dev.repli.replication.copy.CopyRecord.Phase;
import dev.repli.replication.copy.DumpFile.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A dump into a file, then the file into the target, part by part. One snapshot cannot be
 * continued, so an unfinished dump begins anew; a finished part is never loaded again.
 */
final class DumpPhases {
  private final CopyPhases shared;
  private final long partSize;

  DumpPhases(CopyPhases shared, long partSize) {
    this.shared = shared;
    this.partSize = partSize;
  }

  void dump(CopyWork work) {
    String id = UUID.randomUUID().toString();
    work.folder().clear();
    work.note(copy -> copy.at(Phase.DUMP, id));
    work.refuseWhenCancelled();
    Plan plan = work.order().plan();
    List<String> command = ToolCommands.dump(work.order());
    long begin = System.nanoTime();
    try {
      Path draft = work.folder().draft(id);
      Tool tool =
          Tool.start(
              command,
              shared.password(plan, Node.Role.SOURCE),
              Tool.Output.READ,
              work.folder().path());
      work.cancel().watch(tool);
      store(tool.output(), draft, work);
      tool.finish();
      if (!DumpFile.isComplete(draft)) {
        throw new CopyFailure("the dump ended without its last line: " + tool.lastErrors());
      }
      Position start = DumpFile.position(draft);
      Path finished = work.folder().dump(id);
      Files.move(draft, finished, StandardCopyOption.ATOMIC_MOVE);
      shared.ran(work, command, Duration.ofNanos(System.nanoTime() - begin));
      shared.reached(
          work,
          "DUMPED",
          "The source was dumped at position " + start,
          Map.of("position", start.value(), "bytes", Long.toString(Files.size(finished))));
      work.note(copy -> copy.at(Phase.LOAD, id).from(start));
    } catch (IOException e) {
      throw new CopyFailure("writing the dump: " + e.getMessage() + "; is the disk full?", e);
    }
  }

  private static void store(InputStream from, Path draft, CopyWork work) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long done = 0;
    try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        done += read;
        long now = done;
        work.show(copy -> copy.progress(0, 0, now, 0));
      }
      out.force(true);
    }
  }

  void load(CopyWork work) {
    Path file = work.folder().dump(work.now().workId());
    if (!Files.exists(file)) {
      // another machine has it, or somebody cleaned up: the snapshot is gone
      work.note(copy -> copy.at(Phase.DUMP, ""));
      return;
    }
    try {
      DumpFile dump = DumpFile.read(file, partSize);
      long bytes = Files.size(file);
      begin(work);
      for (int next = work.now().partsDone(); next < dump.parts().size(); next++) {
        Part part = dump.parts().get(next);
        int done = next;
        work.show(copy -> copy.progress(done, dump.parts().size(), part.start(), bytes));
        load(work, dump, part);
        work.note(copy -> copy.progress(done + 1, dump.parts().size(), part.end(), bytes));
        work.refuseWhenCancelled();
      }
      finish(work);
    } catch (IOException e) {
      throw new CopyFailure("reading the dump: " + e.getMessage(), e);
    }
  }

  /** The target takes no other writes from now on, and what is in its way was looked at again. */
  private void begin(CopyWork work) {
    Plan plan = work.order().plan();
    try (SetupServer target = shared.target(work)) {
      if (!work.now().loadBegun()) {
        List<String> schemas = work.order().schemas();
        int tables = target.content(schemas).tables();
        if (tables > 0) {
          throw new CopyFailure(
              "%s has %d tables in %s by now, which the copy would replace; drop them there first"
                  .formatted(target.node().label(), tables, String.join(", ", schemas)));
        }
        work.note(CopyRecord::loading);
        work.refuseWhenCancelled();
      }
      target.endLoader(loaderLock(plan));
      target.fence();
    }
  }

  private void load(CopyWork work, DumpFile dump, Part part) {
    Plan plan = work.order().plan();
    Tool tool =
        Tool.start(
            ToolCommands.load(plan),
            shared.password(plan, Node.Role.TARGET),
            Tool.Output.UNWANTED,
            work.folder().path());
    work.cancel().watch(tool);
    try (OutputStream in = tool.input()) {
      in.write(prelude(plan).getBytes(StandardCharsets.UTF_8));
      dump.write(part, in);
    } catch (IOException e) {
      // the loader ended before it had read everything: its own words say why
      tool.finish();
      throw new CopyFailure("the loader stopped reading: " + tool.lastErrors(), e);
    }
    tool.finish();
  }

  /**
   * Not in the target's binary log, where its own transactions would stand in the way of the
   * source's; and only while no other loader is at it: the sub-query of two rows is an error.
   */
  static String prelude(Plan plan) {
    return "SET SESSION sql_log_bin = 0;\n"
        + "SELECT IF(GET_LOCK('%s', 0) = 1, 1, (SELECT 1 UNION SELECT 2));\n"
            .formatted(loaderLock(plan));
  }

  static String loaderLock(Plan plan) {
    return "repli-copy/" + plan.id();
  }

  private void finish(CopyWork work) {
    try (SetupServer target = shared.target(work)) {
      target.silenceEvents();
    }
    shared.ran(work, ToolCommands.load(work.order().plan()), Duration.ZERO);
    CopyRecord at = work.now();
    shared.reached(
        work,
        "COPIED",
        "The target has the data of position " + at.start().map(Position::value).orElse("?"),
        Map.of("parts", Integer.toString(at.parts()), "bytes", Long.toString(at.bytes())));
    work.note(copy -> ended(copy));
  }

  private static CopyRecord ended(CopyRecord copy) {
    return copy.at(Phase.DONE, copy.workId())
        .progress(copy.parts(), copy.parts(), copy.bytes(), copy.bytes());
  }
}
