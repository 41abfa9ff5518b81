package dev.repli.delta.file;

import dev.repli.delta.Cell;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.DeltaCounts;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Place;
import dev.repli.delta.Row;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Events as bytes of one block, which names each of its tables once. */
final class RecordWriter {
  private final Bytes out = new Bytes();
  private final IdentityHashMap<DeltaTable, Integer> tables = new IdentityHashMap<>();

  int size() {
    return out.size();
  }

  byte[] take() {
    tables.clear();
    return out.take();
  }

  void write(DeltaEvent event) {
    if (event instanceof DeltaEvent.RowChange change) {
      change(change);
    } else if (event instanceof DeltaEvent.Begin begin) {
      out.write(Tag.BEGIN);
      text(begin.gtid());
      place(begin.at());
      number(begin.written().getEpochSecond());
    } else if (event instanceof DeltaEvent.End end) {
      out.write(Tag.END);
      place(end.after());
    } else if (event instanceof DeltaEvent.Passed passed) {
      out.write(Tag.PASSED);
      place(passed.after());
    } else if (event instanceof DeltaEvent.Statement statement) {
      out.write(Tag.STATEMENT);
      text(statement.kind().name());
      text(statement.schema());
      text(statement.sql());
      place(statement.before());
      place(statement.after());
      number(statement.written().getEpochSecond());
    } else if (event instanceof DeltaEvent.Finished finished) {
      out.write(Tag.FINISHED);
      place(finished.at());
    }
  }

  void checkpoint(Place reached, DeltaCounts counts) {
    out.write(Tag.CHECKPOINT);
    place(reached);
    number(counts.transactions());
    number(counts.tables().size());
    counts
        .tables()
        .forEach(
            (name, table) -> {
              text(name);
              number(table.inserts());
              number(table.updates());
              number(table.deletes());
              number(table.found());
            });
  }

  private void change(DeltaEvent.RowChange change) {
    int table = table(change.table());
    if (change instanceof DeltaEvent.Insert insert) {
      row(Tag.INSERT, table, insert.after(), null);
    } else if (change instanceof DeltaEvent.Delete delete) {
      row(Tag.DELETE, table, delete.before(), null);
    } else if (change instanceof DeltaEvent.Found found) {
      row(Tag.FOUND, table, found.now(), null);
    } else if (change instanceof DeltaEvent.Update update) {
      row(Tag.UPDATE, table, update.before(), null);
      cells(update.after(), update.before());
    }
  }

  private void row(int tag, int table, Row row, @Nullable Row before) {
    out.write(tag);
    number(table);
    cells(row, before);
  }

  private void cells(Row row, @Nullable Row before) {
    for (int i = 0; i < row.size(); i++) {
      Cell cell = row.cell(i);
      if (before != null && cell.equals(before.cell(i))) {
        number(Tag.SAME);
      } else if (cell instanceof Cell.Text text) {
        bytes(text.value().getBytes(StandardCharsets.UTF_8), 0);
      } else if (cell instanceof Cell.Bytes bytes) {
        bytes(bytes.value(), 1);
      } else {
        number(Tag.NULL);
      }
    }
  }

  private void bytes(byte[] value, int kind) {
    number((long) value.length * 2 + kind + Tag.FIRST_LENGTH);
    out.write(value);
  }

  private int table(DeltaTable table) {
    Integer known = tables.get(table);
    if (known != null) {
      return known;
    }
    int number = tables.size();
    tables.put(table, number);
    out.write(Tag.TABLE);
    text(table.schema());
    text(table.name());
    number(table.columns().size());
    table.columns().forEach(this::column);
    number(table.primaryKey().size());
    table.primaryKey().forEach(this::number);
    return number;
  }

  private void column(DeltaColumn column) {
    text(column.name());
    text(column.kind().name());
    int flags =
        (column.unsigned() ? Tag.UNSIGNED : 0)
            | (column.nullable() ? Tag.NULLABLE : 0)
            | (column.generated() ? Tag.GENERATED : 0);
    number(flags);
    number(column.length());
    number(column.scale());
    text(column.charset());
    number(column.members().size());
    column.members().forEach(this::text);
  }

  private void place(Place place) {
    text(place.position().kind().name());
    text(place.position().value());
    text(place.file());
    number(place.offset());
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    out.write(bytes);
  }

  /** Seven bits a byte, lowest first. */
  private void number(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
