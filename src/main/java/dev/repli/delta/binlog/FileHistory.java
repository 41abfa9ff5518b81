package dev.repli.delta.binlog;

import dev.repli.database.Position;
import dev.repli.delta.UnreadableDeltaException;
import java.util.UUID;

/** By file and offset only; ids of transactions are told where there are any. */
final class FileHistory implements History {
  @Override
  public String begin(RawEvent event) {
    if (event.type == EventCode.MARIADB_GTID) {
      return new MariaDbHistory("").begin(event);
    }
    if (event.type == EventCode.ANONYMOUS_GTID) {
      return "";
    }
    EventBytes in = event.bytes();
    in.skip(1);
    return new UUID(in.big(8), in.big(8)) + ":" + in.little(8);
  }

  @Override
  public void commit() {
    // the offset says it
  }

  @Override
  public Position position(String file, long offset) {
    return new Position(Position.Kind.BINLOG_FILE, file + ":" + offset);
  }

  @Override
  public boolean covers(Position position, String file, long offset) {
    FilePlace there = FilePlace.of(position.value());
    long order = Long.compare(number(file), number(there.file()));
    return order > 0 || (order == 0 && offset >= there.offset());
  }

  private static long number(String file) {
    int dot = file.lastIndexOf('.');
    try {
      return Long.parseLong(file.substring(dot + 1));
    } catch (NumberFormatException e) {
      throw new UnreadableDeltaException("\"" + file + "\" is not a binary log file", e);
    }
  }
}
