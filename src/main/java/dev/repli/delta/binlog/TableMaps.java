package dev.repli.delta.binlog;

import dev.repli.delta.UnreadableDeltaException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables that a transaction has announced; equal announcements are read once. */
final class TableMaps {
  private static final int ID_BYTES = 6;

  /** Announcements that are kept; a table has one for each of its shapes. */
  private static final int MOST_SHAPES = 20_000;

  private final ReadSchemas schemas;
  private final Shapes shapes;
  private final Set<String> abandoned;
  private final Set<String> passedOver = new LinkedHashSet<>();
  private final Map<Long, Announced> announced = new HashMap<>();
  private final Map<ByteBuffer, Announced> known = new HashMap<>();

  /** A table; how to read it is worked out when its first row comes. */
  private static final class Announced {
    final TableMap map;
    @Nullable TableReader reader;

    /** Nobody wants its rows. */
    boolean unreadable;

    Announced(TableMap map) {
      this.map = map;
    }
  }

  /**
   * @param abandoned {@code schema.table} that are passed over where they cannot be read
   */
  TableMaps(ReadSchemas schemas, Shapes shapes, Set<String> abandoned) {
    this.abandoned = abandoned;
    this.schemas = schemas;
    this.shapes = shapes;
  }

  void clear() {
    announced.clear();
  }

  void put(RawEvent event) {
    if (known.size() > MOST_SHAPES) {
      known.clear();
    }
    ByteBuffer shape = ByteBuffer.wrap(event.body, ID_BYTES, event.body.length - ID_BYTES);
    Announced table =
        known.computeIfAbsent(shape, bytes -> new Announced(TableMap.read(event.bytes())));
    announced.put(event.bytes().little(ID_BYTES), table);
  }

  /** How to read these rows; {@code null} when they are of no interest. */
  @Nullable TableReader find(RawEvent rows) {
    Announced table = announced.get(RowsCursor.tableId(rows));
    if (table == null || !schemas.reads(table.map.schema(), table.map.table())) {
      return null;
    }
    if (table.reader == null && !table.unreadable) {
      table.reader = reader(table);
    }
    return table.reader;
  }

  /** {@code null} when its rows are passed over. */
  private @Nullable TableReader reader(Announced table) {
    try {
      return shapes.reader(table.map);
    } catch (UnreadableDeltaException unreadable) {
      if (!passesOver(table)) {
        throw unreadable;
      }
      return null;
    }
  }

  private boolean passesOver(Announced table) {
    table.unreadable = passesOver(table.map.fullName());
    return table.unreadable;
  }

  /**
   * Whether nobody wants the rows of a table that cannot be read; what is passed over is noted.
   *
   * @param table {@code schema.table}
   */
  boolean passesOver(String table) {
    if (!abandoned.contains(table)) {
      return false;
    }
    passedOver.add(table);
    return true;
  }

  Set<String> passedOver() {
    return passedOver;
  }

  /** {@code schema.table} that an event of rows is about; empty for other events. */
  String name(RawEvent event) {
    boolean ofRows = RowsCursor.isRows(event.type) || event.type == EventCode.PARTIAL_UPDATE_ROWS;
    Announced table = ofRows ? announced.get(RowsCursor.tableId(event)) : null;
    return table == null ? "" : table.map.fullName();
  }

  void refusePartialJson(RawEvent rows) {
    Announced table = announced.get(RowsCursor.tableId(rows));
    if (table != null
        && schemas.reads(table.map.schema(), table.map.table())
        && !passesOver(table)) {
      throw new UnreadableDeltaException(
          "an update of "
              + table.map.fullName()
              + " stands in the binary log with parts of its JSON only: set"
              + " binlog_row_value_options = '' for all sessions of the writer; what was written"
              + " with PARTIAL_JSON cannot be carried back");
    }
  }
}
