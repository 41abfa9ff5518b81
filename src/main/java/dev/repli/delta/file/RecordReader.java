package dev.repli.delta.file;

import dev.repli.database.Position;
import dev.repli.delta.Cell;
import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.DeltaCounts;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaFileException;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Place;
import dev.repli.delta.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Events from the bytes of one block. */
final class RecordReader {
  private final byte[] bytes;
  private final List<DeltaTable> tables = new ArrayList<>();
  private int at;
  private @Nullable Checkpoint checkpoint;

  /** Up to where the file goes with this block. */
  record Checkpoint(Place reached, DeltaCounts counts) {}

  RecordReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The next event; {@code null} after the last. */
  @Nullable DeltaEvent next() {
    while (at < bytes.length) {
      int tag = bytes[at++];
      switch (tag) {
        case Tag.TABLE -> tables.add(table());
        case Tag.CHECKPOINT -> checkpoint = new Checkpoint(place(), counts());
        default -> {
          return event(tag);
        }
      }
    }
    return null;
  }

  /** The block's checkpoint, when all its events were read and it has one. */
  @Nullable Checkpoint checkpoint() {
    return checkpoint;
  }

  private DeltaEvent event(int tag) {
    switch (tag) {
      case Tag.INSERT -> {
        DeltaTable table = tables.get(count());
        return new DeltaEvent.Insert(table, row(table, null));
      }
      case Tag.DELETE -> {
        DeltaTable table = tables.get(count());
        return new DeltaEvent.Delete(table, row(table, null));
      }
      case Tag.FOUND -> {
        DeltaTable table = tables.get(count());
        return new DeltaEvent.Found(table, row(table, null));
      }
      case Tag.UPDATE -> {
        DeltaTable table = tables.get(count());
        Row before = row(table, null);
        return new DeltaEvent.Update(table, before, row(table, before));
      }
      case Tag.BEGIN -> {
        return new DeltaEvent.Begin(text(), place(), instant());
      }
      case Tag.END -> {
        return new DeltaEvent.End(place());
      }
      case Tag.PASSED -> {
        return new DeltaEvent.Passed(place());
      }
      case Tag.FINISHED -> {
        return new DeltaEvent.Finished(place());
      }
      case Tag.STATEMENT -> {
        return new DeltaEvent.Statement(
            DeltaEvent.Statement.Kind.valueOf(text()), text(), text(), place(), place(), instant());
      }
      default -> throw new DeltaFileException("a block has a record of an unknown kind: " + tag);
    }
  }

  private Row row(DeltaTable table, @Nullable Row before) {
    Cell[] cells = new Cell[table.columns().size()];
    for (int i = 0; i < cells.length; i++) {
      long head = number();
      if (head == Tag.NULL) {
        cells[i] = Cell.NULL;
      } else if (head == Tag.SAME && before != null) {
        cells[i] = before.cell(i);
      } else {
        long length = head - Tag.FIRST_LENGTH;
        byte[] value = take((int) (length >> 1));
        cells[i] =
            (length & 1) == 1
                ? new Cell.Bytes(value)
                : new Cell.Text(new String(value, StandardCharsets.UTF_8));
      }
    }
    return Row.of(cells);
  }

  private DeltaTable table() {
    String schema = text();
    String name = text();
    List<DeltaColumn> columns = new ArrayList<>();
    for (int left = count(); left > 0; left--) {
      columns.add(column());
    }
    List<Integer> key = new ArrayList<>();
    for (int left = count(); left > 0; left--) {
      key.add(count());
    }
    return new DeltaTable(schema, name, columns, key);
  }

  private DeltaColumn column() {
    String name = text();
    ColumnKind kind = ColumnKind.valueOf(text());
    int flags = count();
    int length = count();
    int scale = count();
    String charset = text();
    List<String> members = new ArrayList<>();
    for (int left = count(); left > 0; left--) {
      members.add(text());
    }
    return new DeltaColumn(
        name,
        kind,
        (flags & Tag.UNSIGNED) != 0,
        (flags & Tag.NULLABLE) != 0,
        length,
        scale,
        charset,
        members,
        (flags & Tag.GENERATED) != 0);
  }

  private DeltaCounts counts() {
    long transactions = number();
    Map<String, DeltaCounts.Table> counts = new TreeMap<>();
    for (int left = count(); left > 0; left--) {
      counts.put(text(), new DeltaCounts.Table(number(), number(), number(), number()));
    }
    return new DeltaCounts(transactions, counts);
  }

  private Place place() {
    Position position = new Position(Position.Kind.valueOf(text()), text());
    return new Place(position, text(), number());
  }

  private Instant instant() {
    return Instant.ofEpochSecond(number());
  }

  private String text() {
    return new String(take(count()), StandardCharsets.UTF_8);
  }

  private int count() {
    return Math.toIntExact(number());
  }

  private byte[] take(int length) {
    byte[] part = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return part;
  }

  private long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = bytes[at++];
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new DeltaFileException("a block has a number without an end");
  }
}
