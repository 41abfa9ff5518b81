package dev.repli.delta.binlog;

import dev.repli.delta.Cell;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import dev.repli.delta.UnreadableDeltaException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows of one table from the log.
 *
 * @param columns for each column of the log: how to read it, and where it goes in the row; a place
 *     below 0 is left out, since the server computes it
 */
record TableReader(DeltaTable table, List<Slot> columns) {

  /** One column of the log. */
  record Slot(CellReader reader, int place, String name) {}

  /**
   * One image of a row.
   *
   * @param present columns that stand in the log
   * @param before where columns that do not can be taken from: they did not change
   */
  Row read(EventBytes in, BitSet present, @Nullable Row before) {
    int count = present.cardinality();
    BitSet nulls = BitSet.valueOf(in.take((count + 7) / 8));
    Cell[] cells = new Cell[table.columns().size()];
    int bit = 0;
    for (int i = 0; i < columns.size(); i++) {
      Slot slot = columns.get(i);
      if (!present.get(i)) {
        if (slot.place >= 0) {
          cells[slot.place] = missing(slot, before);
        }
        continue;
      }
      Cell cell = nulls.get(bit++) ? Cell.NULL : slot.reader.read(in);
      if (slot.place >= 0) {
        cells[slot.place] = cell;
      }
    }
    return Row.of(cells);
  }

  private Cell missing(Slot slot, @Nullable Row before) {
    if (before == null) {
      throw new UnreadableDeltaException(
          "a row of "
              + table.fullName()
              + " stands in the binary log without its column "
              + slot.name
              + ": set binlog_row_image = FULL for all sessions of the writer; changes that were"
              + " written without it cannot be carried back");
    }
    return before.cell(slot.place);
  }
}
