package dev.repli.delta.file;

import dev.repli.delta.DeltaCounts;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaFileException;
import dev.repli.delta.DeltaFiles;
import dev.repli.delta.DeltaOrigin;
import dev.repli.delta.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Appends blocks. A block ends between two transactions where it can; one that ends inside a large
 * transaction counts only with the block that ends it.
 */
final class FileWriting implements DeltaFiles.Writer {
  /** Plain bytes of a block that ends between two transactions. */
  private static final int BLOCK = 1 << 20;

  /** Of one that has to end inside one; a row more than that at most. */
  private static final int BLOCK_INSIDE = 4 << 20;

  /** Written bytes after which the disk is asked to keep them. */
  private static final long FORCE_AFTER = 32L << 20;

  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final RecordWriter records = new RecordWriter();
  private byte[] seal;
  private Place reached;
  private DeltaCounts.Counter counter;
  private long unforced;
  private boolean inside;
  private @Nullable DeltaEvent last;

  FileWriting(Path file, DeltaOrigin origin) {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.reached = origin.from();
    this.counter = new DeltaCounts.Counter(DeltaCounts.NONE);
    this.seal = Frames.MAGIC;
    if (Files.exists(file)) {
      throw new DeltaFileException(file + " is finished already");
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      this.channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new DeltaFileException("writing " + part, e);
    }
    try {
      begin(origin);
    } catch (IOException e) {
      close();
      throw new DeltaFileException("writing " + part, e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void begin(DeltaOrigin origin) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock == null) {
      throw new DeltaFileException(part + " is being written by another process");
    }
    UnfinishedFile unfinished = UnfinishedFile.look(part);
    unfinished.header().ifPresent(header -> refuseAnother(header, origin));
    if (unfinished.header().equals(Optional.of(origin))) {
      seal = unfinished.seal();
      reached = unfinished.reached().orElse(origin.from());
      counter = new DeltaCounts.Counter(unfinished.counts());
      channel.truncate(unfinished.length());
      channel.position(unfinished.length());
      return;
    }
    channel.truncate(0);
    write(ByteBuffer.wrap(Frames.MAGIC));
    append(Frame.HEADER, Text.header(origin));
  }

  /** The same one may begin elsewhere by now: then what was written of it is of no use. */
  private void refuseAnother(DeltaOrigin header, DeltaOrigin origin) {
    if (!header.id().equals(origin.id()) || !header.plan().equals(origin.plan())) {
      throw new DeltaFileException(
          part + " is the beginning of another delta (" + header.id() + ")");
    }
  }

  @Override
  public Place reached() {
    return reached;
  }

  @Override
  public DeltaCounts counts() {
    return counter.counts();
  }

  @Override
  public void append(DeltaEvent event) {
    try {
      counter.count(event);
      note(event);
      if (last == null && !(event instanceof DeltaEvent.Passed)) {
        records.write(event);
      }
      if (records.size() >= (inside ? BLOCK_INSIDE : BLOCK)) {
        block();
      }
    } catch (IOException e) {
      throw new DeltaFileException("writing " + part, e);
    }
  }

  private void note(DeltaEvent event) {
    if (event instanceof DeltaEvent.Begin) {
      inside = true;
    } else if (event instanceof DeltaEvent.End end) {
      inside = false;
      reached = end.after();
    } else if (event instanceof DeltaEvent.Passed passed && !inside) {
      reached = passed.after();
    } else if (event instanceof DeltaEvent.Finished finished) {
      last = finished;
      reached = finished.at();
    } else if (event instanceof DeltaEvent.Statement statement) {
      last = statement;
      reached = statement.before();
    }
  }

  private void block() throws IOException {
    if (!inside) {
      records.checkpoint(reached, counter.counts());
    }
    append(Frame.BLOCK, Blocks.pack(records.take(), !inside));
    if (unforced >= FORCE_AFTER) {
      channel.force(false);
      unforced = 0;
    }
  }

  private void append(byte kind, byte[] content) throws IOException {
    byte[] prefix = Frame.prefix(kind, content.length);
    seal = Frame.seal(seal, prefix, content);
    ByteBuffer all = ByteBuffer.allocate(prefix.length + content.length + seal.length);
    write(all.put(prefix).put(content).put(seal).flip());
  }

  private void write(ByteBuffer bytes) throws IOException {
    unforced += bytes.remaining();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void finish() {
    if (last == null) {
      throw new IllegalStateException("the stream is not at its end");
    }
    try {
      if (records.size() > 0) {
        block();
      }
      records.write(last); // its block never counts as one to go on from
      records.checkpoint(reached, counter.counts());
      append(Frame.BLOCK, Blocks.pack(records.take(), false));
      append(Frame.END, new byte[0]);
      channel.force(true);
      channel.close();
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      forceName();
    } catch (IOException e) {
      throw new DeltaFileException("finishing " + file, e);
    }
  }

  /** Whoever is told that the file is there may let the server's logs go. */
  private void forceName() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }

  @Override
  public void close() {
    try {
      if (channel.isOpen()) {
        if (!inside && last == null && records.size() > 0) {
          block();
          channel.force(false);
        }
        channel.close();
      }
    } catch (IOException e) {
      throw new DeltaFileException("closing " + part, e);
    }
  }
}
