package dev.repli.delta.binlog;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.deserialization.ChecksumType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import dev.repli.delta.UnreadableDeltaException;
import java.io.IOException;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Takes each event as its bytes; only the checksum is looked at. */
final class RawEvents extends EventDeserializer {
  private static final int HEADER = 19;
  private static final int CHECKSUM = 4;
  private static final int CRC32_ALGORITHM = 1;
  private boolean checked;

  @Override
  @Deprecated
  public void setChecksumType(ChecksumType type) {
    checked = type == ChecksumType.CRC32;
  }

  @Override
  public @Nullable Event nextEvent(ByteArrayInputStream in) throws IOException {
    if (in.peek() == -1) {
      return null;
    }
    byte[] header = in.read(HEADER);
    EventBytes head = new EventBytes(header);
    long seconds = head.little(4);
    int type = head.u8();
    long server = head.little(4);
    int size = head.smallInt(4);
    long next = head.little(4);
    int flags = head.smallInt(2);
    byte[] body = in.read(size - HEADER);
    int length = body.length;
    if (type == EventCode.FORMAT_DESCRIPTION) {
      checked = body[length - CHECKSUM - 1] == CRC32_ALGORITHM;
      length -= CHECKSUM;
    } else if (checked) {
      length -= CHECKSUM;
      check(header, body, length);
    }
    RawEvent event =
        new RawEvent(type, seconds, server, next, flags, java.util.Arrays.copyOf(body, length));
    EventHeaderV4 unknown = new EventHeaderV4();
    unknown.setEventType(EventType.UNKNOWN);
    return new Event(unknown, event);
  }

  private static void check(byte[] header, byte[] body, int length) {
    CRC32 crc = new CRC32();
    crc.update(header, 0, HEADER);
    crc.update(body, 0, length);
    long stored = new EventBytes(body, length, body.length).little(CHECKSUM);
    if (crc.getValue() != stored) {
      throw new UnreadableDeltaException(
          "an event of the binary log does not have its checksum: the log or the line is damaged;"
              + " look at it with mariadb-binlog --verify-binlog-checksum on the server");
    }
  }
}
