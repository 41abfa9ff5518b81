package dev.repli.delta.file;

import java.util.Arrays;

/** What a block is filled with: millions of numbers of one byte, which nobody else writes to. */
final class Bytes {
  private static final int FIRST = 1 << 16;
  private byte[] bytes = new byte[FIRST];
  private int size;

  int size() {
    return size;
  }

  void write(int one) {
    if (size == bytes.length) {
      grow(1);
    }
    bytes[size++] = (byte) one;
  }

  void write(byte[] more) {
    if (more.length > bytes.length - size) {
      grow(more.length);
    }
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private void grow(int more) {
    int needed = Math.addExact(size, more);
    bytes =
        Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(2L * size, needed)));
  }

  /** All that was written; what comes now begins again. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, size);
    size = 0;
    return taken;
  }
}
