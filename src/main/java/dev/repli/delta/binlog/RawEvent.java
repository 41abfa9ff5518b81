package dev.repli.delta.binlog;

import com.github.shyiko.mysql.binlog.event.EventData;

/** An event as it came, without header and checksum. */
final class RawEvent implements EventData {
  private static final long serialVersionUID = 1L;
  final int type;
  final long seconds;
  final long serverId;

  /** Where the next event begins in the server's file, the lower four bytes of it; 0 for none. */
  final long next;

  final int flags;
  final byte[] body;

  RawEvent(int type, long seconds, long serverId, long next, int flags, byte[] body) {
    this.type = type;
    this.seconds = seconds;
    this.serverId = serverId;
    this.next = next;
    this.flags = flags;
    this.body = body;
  }

  EventBytes bytes() {
    return new EventBytes(body);
  }

  /** Made by the server for this connection; it stands in no file. */
  boolean isArtificial() {
    return (flags & EventCode.FLAG_ARTIFICIAL) != 0;
  }
}
