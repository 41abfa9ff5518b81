package dev.repli.delta.binlog;

import dev.repli.delta.LoggedTransaction;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where transactions of MariaDB begin and end: each ends where the next event of none begins. */
final class TransactionBorders {
  private static final long WRAP = 1L << 32;
  private String file;
  private long offset;
  private @Nullable LoggedTransaction open;

  TransactionBorders(String file, long offset) {
    this.file = file;
    this.offset = offset;
  }

  /** The transaction that is over, now that this event came. */
  Optional<LoggedTransaction> pass(RawEvent event) {
    Optional<LoggedTransaction> over = isOfNone(event) ? end() : Optional.empty();
    if (event.type == EventCode.MARIADB_GTID) {
      open =
          new LoggedTransaction(
              gtid(event), Instant.ofEpochSecond(event.seconds), file, offset, offset);
    }
    move(event);
    return over;
  }

  /** The transaction that was open, now that nothing follows. */
  Optional<LoggedTransaction> end() {
    LoggedTransaction last = open;
    open = null;
    return Optional.ofNullable(last)
        .map(
            begun ->
                new LoggedTransaction(
                    begun.gtid(), begun.written(), begun.file(), begun.begins(), offset));
  }

  private static boolean isOfNone(RawEvent event) {
    return switch (event.type) {
      case EventCode.MARIADB_GTID,
          EventCode.ROTATE,
          EventCode.STOP,
          EventCode.FORMAT_DESCRIPTION,
          EventCode.MARIADB_GTID_LIST,
          EventCode.BINLOG_CHECKPOINT,
          EventCode.START_ENCRYPTION ->
          true;
      default -> false;
    };
  }

  private void move(RawEvent event) {
    if (event.type == EventCode.ROTATE) {
      EventBytes in = event.bytes();
      offset = in.little(8);
      file = in.text(in.left());
    } else if (event.next > 0 && !event.isArtificial() && event.type != EventCode.HEARTBEAT) {
      // the server writes the lower four bytes only
      long next = (offset & -WRAP) + event.next;
      offset = Math.max(offset, offset - next > WRAP / 2 ? next + WRAP : next);
    }
  }

  private static String gtid(RawEvent event) {
    EventBytes in = event.bytes();
    long number = in.little(8);
    return in.little(4) + "-" + event.serverId + "-" + Long.toUnsignedString(number);
  }
}
