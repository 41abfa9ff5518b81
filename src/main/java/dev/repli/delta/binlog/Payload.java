package dev.repli.delta.binlog;

import com.github.luben.zstd.ZstdInputStream;
import dev.repli.delta.UnreadableDeltaException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The events inside a compressed transaction of MySQL, taken one by one: only the compressed form
 * is held whole.
 */
final class Payload {
  private static final int HEADER = 19;
  private static final int END = 0;
  private static final int SIZE = 1;
  private static final int COMPRESSION = 2;
  private static final int ZSTD = 0;
  private static final int NONE = 255;
  private final InputStream plain;

  Payload(RawEvent event) {
    EventBytes in = event.bytes();
    int compression = NONE;
    int size = -1;
    for (int field = in.packed(); field != END; field = in.packed()) {
      EventBytes value = in.part(in.packed());
      if (field == SIZE) {
        size = value.packed();
      } else if (field == COMPRESSION) {
        compression = value.packed();
      }
    }
    InputStream packed = new ByteArrayInputStream(in.take(size < 0 ? in.left() : size));
    try {
      this.plain =
          switch (compression) {
            case ZSTD -> new ZstdInputStream(packed);
            case NONE -> packed;
            default ->
                throw new UnreadableDeltaException(
                    "a transaction is compressed in an unknown way: set"
                        + " binlog_transaction_compression = OFF on the writer");
          };
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** The next event; {@code null} after the last. */
  @Nullable RawEvent next() {
    try {
      byte[] header = plain.readNBytes(HEADER);
      if (header.length == 0) {
        return null;
      }
      if (header.length < HEADER) {
        throw new EOFException("in a header");
      }
      EventBytes head = new EventBytes(header);
      long seconds = head.little(4);
      int type = head.u8();
      long server = head.little(4);
      int size = head.smallInt(4) - HEADER;
      head.skip(4);
      byte[] body = plain.readNBytes(size);
      if (body.length < size) {
        throw new EOFException("in an event");
      }
      return new RawEvent(type, seconds, server, 0, head.smallInt(2), body);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private static UnreadableDeltaException damaged(IOException cause) {
    return new UnreadableDeltaException(
        "a compressed transaction of the binary log is damaged", cause);
  }
}
