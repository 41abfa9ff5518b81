package dev.repli.host;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps the end of what is written, in bounded memory. Thread-safe. */
public final class Tail extends OutputStream {
  /** Bytes kept at most. */
  public static final int KEPT = 256 << 10;

  private byte[] bytes = new byte[1024];
  private int length;

  @Override
  public synchronized void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] from, int offset, int count) {
    if (length + count > 2 * KEPT) {
      keep(KEPT);
    }
    int most = Math.min(count, KEPT);
    if (length + most > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + most, 2 * bytes.length));
    }
    System.arraycopy(from, offset + count - most, bytes, length, most);
    length += most;
  }

  private void keep(int most) {
    int kept = Math.min(most, length);
    System.arraycopy(bytes, length - kept, bytes, 0, kept);
    length = kept;
  }

  @Override
  public void write(byte[] from) {
    write(from, 0, from.length);
  }

  /** What was kept, as UTF-8. */
  public synchronized String text() {
    keep(KEPT);
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
