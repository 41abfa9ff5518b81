package dev.repli.delta.binlog;

import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.Row;
import java.util.BitSet;

/** The rows of one event, decoded one by one. */
final class RowsCursor {
  private enum Change {
    INSERT,
    UPDATE,
    DELETE
  }

  private final TableReader table;
  private final Change change;
  private final BitSet before;
  private final BitSet after;
  private final EventBytes rows;

  private RowsCursor(
      TableReader table, Change change, BitSet before, BitSet after, EventBytes rows) {
    this.table = table;
    this.change = change;
    this.before = before;
    this.after = after;
    this.rows = rows;
  }

  static boolean isRows(int type) {
    return switch (type) {
      case EventCode.WRITE_ROWS_V1,
          EventCode.UPDATE_ROWS_V1,
          EventCode.DELETE_ROWS_V1,
          EventCode.WRITE_ROWS,
          EventCode.UPDATE_ROWS,
          EventCode.DELETE_ROWS ->
          true;
      default -> isCompressed(type);
    };
  }

  private static boolean isCompressed(int type) {
    return type >= EventCode.WRITE_ROWS_COMPRESSED_V1 && type <= EventCode.DELETE_ROWS_COMPRESSED;
  }

  /** Which table's rows they are, by the number of its table map. */
  static long tableId(RawEvent event) {
    return event.bytes().little(6);
  }

  static RowsCursor open(RawEvent event, TableReader table) {
    Change change = change(event.type);
    EventBytes in = event.bytes();
    in.skip(8); // table id, flags
    boolean second =
        (event.type >= EventCode.WRITE_ROWS && event.type <= EventCode.DELETE_ROWS)
            || event.type >= EventCode.WRITE_ROWS_COMPRESSED;
    if (second) {
      in.skip(in.smallInt(2) - 2);
    }
    int width = in.packed();
    BitSet first = BitSet.valueOf(in.take((width + 7) / 8));
    BitSet last = change == Change.UPDATE ? BitSet.valueOf(in.take((width + 7) / 8)) : first;
    if (width != table.columns().size()) {
      throw EventBytes.damaged();
    }
    EventBytes rows = isCompressed(event.type) ? new EventBytes(Inflated.rest(in)) : in;
    return new RowsCursor(table, change, first, last, rows);
  }

  private static Change change(int type) {
    return switch (type) {
      case EventCode.WRITE_ROWS_V1,
          EventCode.WRITE_ROWS,
          EventCode.WRITE_ROWS_COMPRESSED_V1,
          EventCode.WRITE_ROWS_COMPRESSED ->
          Change.INSERT;
      case EventCode.UPDATE_ROWS_V1,
          EventCode.UPDATE_ROWS,
          EventCode.UPDATE_ROWS_COMPRESSED_V1,
          EventCode.UPDATE_ROWS_COMPRESSED ->
          Change.UPDATE;
      default -> Change.DELETE;
    };
  }

  /** {@code schema.table}. */
  String table() {
    return table.table().fullName();
  }

  boolean hasNext() {
    return rows.hasMore();
  }

  RowChange next() {
    return switch (change) {
      case INSERT -> new Insert(table.table(), table.read(rows, after, null));
      case DELETE -> new Delete(table.table(), table.read(rows, before, null));
      case UPDATE -> {
        Row old = table.read(rows, before, null);
        yield new Update(table.table(), old, table.read(rows, after, old));
      }
    };
  }
}
