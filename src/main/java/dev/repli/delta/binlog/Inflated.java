package dev.repli.delta.binlog;

import dev.repli.delta.UnreadableDeltaException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What MariaDB wrote with {@code log_bin_compress}: one byte of kind, the length, zlib. */
final class Inflated {
  private static final int COMPRESSED = 0x80;
  private static final int ALGORITHM = 0x70;
  private static final int LENGTH_BYTES = 0x07;

  private Inflated() {}

  static byte[] rest(EventBytes in) {
    int head = in.u8();
    if ((head & COMPRESSED) == 0 || (head & ALGORITHM) != 0) {
      throw EventBytes.damaged();
    }
    byte[] plain = new byte[Math.toIntExact(in.big(head & LENGTH_BYTES))];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(in.rest());
      int length = 0;
      while (length < plain.length && !inflater.finished() && !inflater.needsInput()) {
        length += inflater.inflate(plain, length, plain.length - length);
      }
      if (length != plain.length) {
        throw EventBytes.damaged();
      }
      return plain;
    } catch (DataFormatException e) {
      throw new UnreadableDeltaException("a compressed event of the binary log is damaged", e);
    } finally {
      inflater.end();
    }
  }
}
