package dev.repli.delta.binlog;

import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Passed;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.InTheWayException;
import dev.repli.delta.UnreadableDeltaException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows the binary log's grammar: a group begins, rows, it ends. */
final class BinlogDelta implements DeltaStream {
  private static final int STANDALONE = 1;
  private final BinlogFeed feed;
  private final DeltaRange range;
  private final ReadSchemas schemas;
  private final Groups groups;
  private final TableMaps tables;
  private @Nullable Payload payload;
  private @Nullable RowsCursor rows;
  private @Nullable Statement found;
  private @Nullable DeltaEvent last;

  BinlogDelta(BinlogFeed feed, DeltaRange range, ReadSchemas schemas, TableMaps tables) {
    this.feed = feed;
    this.range = range;
    this.schemas = schemas;
    this.groups = new Groups(range.from());
    this.tables = tables;
  }

  @Override
  public DeltaEvent next(Duration atMost) {
    if (last != null) {
      return last;
    }
    DeltaEvent row = rows == null ? null : row(rows);
    if (row != null) {
      return row;
    }
    if (groups.isAt(range.to())) {
      return end(new Finished(groups.place()));
    }
    while (true) {
      RawEvent event = take(atMost);
      if (event == null) {
        return nothingCame();
      }
      DeltaEvent next = understand(event);
      if (next != null) {
        return next instanceof Statement ? end(next) : next;
      }
      if (groups.isAt(range.to())) {
        return end(new Finished(groups.place()));
      }
    }
  }

  private @Nullable DeltaEvent understand(RawEvent event) {
    try {
      return look(event);
    } catch (UnreadableDeltaException unreadable) {
      throw inTheWay(unreadable, tables.name(event));
    }
  }

  /** {@code null} when there is no more, or nobody wants what cannot be read. */
  private @Nullable DeltaEvent row(RowsCursor cursor) {
    try {
      return cursor.hasNext() ? cursor.next() : null;
    } catch (UnreadableDeltaException unreadable) {
      if (!tables.passesOver(cursor.table())) {
        throw inTheWay(unreadable, cursor.table());
      }
      rows = null;
      return null;
    }
  }

  private InTheWayException inTheWay(UnreadableDeltaException unreadable, String table) {
    return new InTheWayException(groups.gtid(), table, unreadable);
  }

  private DeltaEvent end(DeltaEvent event) {
    last = event;
    return event;
  }

  private @Nullable RawEvent take(Duration atMost) {
    if (payload != null) {
      RawEvent inner = payload.next();
      if (inner != null) {
        return inner;
      }
      payload = null;
    }
    return feed.poll(atMost);
  }

  private DeltaEvent nothingCame() {
    if (!feed.isOver()) {
      return new Passed(groups.place());
    }
    throw new UnreadableDeltaException(
        "the binary log ends at "
            + groups.place()
            + ", before "
            + range.to().map(Object::toString).orElse("its end")
            + ": the server never stood there");
  }

  /** What the event is for who reads rows; {@code null} for nothing. */
  private @Nullable DeltaEvent look(RawEvent event) {
    groups.move(event);
    if (RowsCursor.isRows(event.type)) {
      return rows(event);
    }
    switch (event.type) {
      case EventCode.MARIADB_GTID, EventCode.GTID, EventCode.ANONYMOUS_GTID -> {
        groups.begin(event);
        tables.clear();
      }
      case EventCode.TABLE_MAP -> tables.put(event);
      case EventCode.XID -> {
        return endOfGroup();
      }
      case EventCode.QUERY, EventCode.QUERY_COMPRESSED -> {
        return query(event);
      }
      case EventCode.TRANSACTION_PAYLOAD -> payload = new Payload(event);
      case EventCode.HEARTBEAT, EventCode.HEARTBEAT_V2 -> {
        return groups.isOpen() ? null : new Passed(groups.place());
      }
      default -> {
        return rare(event);
      }
    }
    return null;
  }

  private @Nullable DeltaEvent rare(RawEvent event) {
    switch (event.type) {
      case EventCode.XA_PREPARE -> {
        boolean onePhase = event.bytes().u8() != 0;
        if (!onePhase) {
          throw XaTransactions.refused(groups.gtid());
        }
        return endOfGroup();
      }
      case EventCode.PARTIAL_UPDATE_ROWS -> {
        tables.refusePartialJson(event);
        return null;
      }
      case EventCode.TAGGED_GTID ->
          throw new UnreadableDeltaException(
              "a transaction with a tagged GTID follows "
                  + groups.place()
                  + ": let gtid_next be AUTOMATIC without a tag on the writer");
      case EventCode.BEGIN_LOAD_QUERY, EventCode.APPEND_BLOCK, EventCode.EXECUTE_LOAD_QUERY -> {
        found =
            new Statement(
                Statement.Kind.STATEMENT_FORMAT,
                "",
                "LOAD DATA",
                groups.place(),
                groups.place(),
                Instant.ofEpochSecond(event.seconds));
        return null;
      }
      case EventCode.INCIDENT ->
          throw new UnreadableDeltaException(
              "the server noted after " + groups.place() + " that its binary log has a gap");
      default -> {
        if (!KnownEvents.isWithoutRows(event)) {
          throw new UnreadableDeltaException(
              "the binary log has an event of an unknown kind ("
                  + event.type
                  + ") after "
                  + groups.place());
        }
        return null;
      }
    }
  }

  private @Nullable DeltaEvent rows(RawEvent event) {
    TableReader table = tables.find(event);
    if (table == null || found != null) {
      return null;
    }
    RowsCursor cursor = RowsCursor.open(event, table);
    if (!cursor.hasNext()) {
      return null;
    }
    rows = cursor;
    return groups.isTold() ? row(cursor) : begin(event);
  }

  private Begin begin(RawEvent event) {
    groups.tell();
    return new Begin(groups.gtid(), groups.place(), Instant.ofEpochSecond(event.seconds));
  }

  private @Nullable DeltaEvent query(RawEvent event) {
    StatementText text = QueryEvent.text(event);
    switch (text.meaning()) {
      case BEGIN -> {
        groups.beginStatement();
        return null;
      }
      case COMMIT -> {
        return endOfGroup();
      }
      case ROLLBACK, ROLLBACK_TO -> {
        if (groups.isTold()) {
          throw new UnreadableDeltaException(
              "transaction "
                  + groups.gtid()
                  + " was partly undone and is in the log because it wrote to a table without"
                  + " transactions: carry it by hand");
        }
        return text.meaning() == StatementText.Meaning.ROLLBACK ? endOfGroup() : null;
      }
      case XA -> throw XaTransactions.refused(groups.gtid());
      default ->
          text.obstacle()
              .filter(kind -> text.concerns(schemas))
              .ifPresent(kind -> found = statement(kind, text, event));
    }
    return groups.endsWithStatement() ? endOfGroup() : null;
  }

  private Statement statement(Statement.Kind kind, StatementText text, RawEvent event) {
    String sql = text.sql();
    return new Statement(
        kind,
        text.schema(),
        sql.substring(0, Math.min(sql.length(), 4000)),
        groups.place(),
        groups.place(),
        Instant.ofEpochSecond(event.seconds));
  }

  /** The group is over: its rows are committed, or a statement in it ends the stream. */
  private DeltaEvent endOfGroup() {
    boolean told = groups.isTold();
    groups.end();
    if (found != null) {
      if (told) {
        throw new UnreadableDeltaException(
            "transaction "
                + groups.gtid()
                + " mixes rows with the statement \""
                + found.sql()
                + "\": carry it by hand");
      }
      return new Statement(
          found.kind(),
          found.schema(),
          found.sql(),
          found.before(),
          groups.place(),
          found.written());
    }
    return told ? new End(groups.place()) : new Passed(groups.place());
  }

  @Override
  public Set<String> passedOver() {
    return tables.passedOver();
  }

  @Override
  public void close() {
    feed.close();
  }

  /** Of MariaDB: the group is one statement without an end of its own. */
  static boolean isStandalone(RawEvent gtid) {
    return (gtid.body[12] & STANDALONE) != 0;
  }
}
