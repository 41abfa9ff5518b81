package dev.repli.delta.binlog;

import dev.repli.database.Position;
import dev.repli.delta.Place;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where in the log reading stands, and in which transaction. */
final class Groups {
  private static final long WRAP = 1L << 32;
  private final History history;
  private String file = "";
  private long offset;
  private @Nullable Place place;
  private String gtid = "";
  private boolean open;
  private boolean told;
  private boolean standalone;

  Groups(Position from) {
    this.history = History.from(from);
    if (from.kind() == Position.Kind.BINLOG_FILE) {
      FilePlace start = FilePlace.of(from.value());
      file = start.file();
      offset = start.offset();
    }
  }

  /** Notes where the event ends in the server's files. */
  void move(RawEvent event) {
    if (event.type == EventCode.ROTATE) {
      EventBytes in = event.bytes();
      offset = in.little(8);
      file = in.text(in.left());
      place = open ? place : null;
    } else if (event.next > 0 && !event.isArtificial() && !isHeartbeat(event)) {
      long next = (offset & -WRAP) + event.next;
      next = offset - next > WRAP / 2 ? next + WRAP : next;
      offset = Math.max(offset, next);
    }
  }

  private static boolean isHeartbeat(RawEvent event) {
    return event.type == EventCode.HEARTBEAT || event.type == EventCode.HEARTBEAT_V2;
  }

  void begin(RawEvent event) {
    if (place == null) {
      place = here();
    }
    gtid = history.begin(event);
    standalone = event.type != EventCode.MARIADB_GTID || BinlogDelta.isStandalone(event);
    open = true;
    told = false;
  }

  void end() {
    history.commit();
    open = false;
    told = false;
    place = here();
  }

  /** Whether a statement that stands here is a group of its own. */
  boolean endsWithStatement() {
    return open && standalone;
  }

  /** MySQL says with a statement that the group has an end of its own. */
  void beginStatement() {
    standalone = false;
  }

  private Place here() {
    return new Place(history.position(file, offset), file, offset);
  }

  /** After the last transaction that ended. */
  Place place() {
    if (place == null) {
      place = here();
    }
    return place;
  }

  boolean isAt(Optional<Position> to) {
    return !open && to.isPresent() && history.covers(to.get(), file, offset);
  }

  String gtid() {
    return gtid;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether {@code Begin} was said of the open transaction. */
  boolean isTold() {
    return told;
  }

  void tell() {
    told = true;
  }
}
