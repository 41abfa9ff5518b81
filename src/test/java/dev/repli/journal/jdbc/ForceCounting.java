package dev.repli.journal.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * H2's file system {@code counting:}, which counts how often a file is forced to the disk. Public,
 * since H2 makes it.
 */
public final class ForceCounting extends FilePathWrapper {
  private static final AtomicInteger FORCED = new AtomicInteger();

  static void register() {
    FilePath.register(new ForceCounting());
  }

  static int forced() {
    return FORCED.get();
  }

  @Override
  public String getScheme() {
    return "counting";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Counting(getBase().open(mode));
  }

  private static final class Counting extends FileBaseDefault {
    private final FileChannel base;

    Counting(FileChannel base) {
      this.base = base;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      FORCED.incrementAndGet();
      base.force(metaData);
    }

    @Override
    public long size() throws IOException {
      return base.size();
    }

    @Override
    public synchronized int read(ByteBuffer to, long position) throws IOException {
      return base.read(to, position);
    }

    @Override
    public synchronized int write(ByteBuffer from, long position) throws IOException {
      return base.write(from, position);
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      base.truncate(size);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return base.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      base.close();
    }
  }
}
