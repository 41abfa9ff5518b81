package dev.repli.delta.imports;

import dev.repli.delta.Cell;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table that is imported into.
 *
 * @param shape of the changes
 * @param key places in {@code shape.columns()} that tell its rows apart; empty without a key
 * @param alone whether changes of different rows may change places: no foreign key in either
 *     direction and no other unique key
 */
public record TargetTable(DeltaTable shape, List<Integer> key, boolean alone) {
  public TargetTable {
    key = List.copyOf(key);
  }

  /**
   * The rows a change is about, one text for each. Two rows that a server could take for one have
   * one text; two that it tells apart may have one, too.
   */
  Set<String> rowsOf(RowChange change) {
    Set<String> rows = new LinkedHashSet<>();
    if (change instanceof Insert insert) {
      rows.add(rowOf(insert.after()));
    } else if (change instanceof Update update) {
      rows.add(rowOf(update.before()));
      rows.add(rowOf(update.after()));
    } else if (change instanceof Delete delete) {
      rows.add(rowOf(delete.before()));
    }
    return rows;
  }

  /** The same for rows that a server could take for one: what waits for what. */
  String rowOf(Row row) {
    return text(row, true);
  }

  /**
   * Text that tells the row from all others of the table: its key to the byte, or all of a row
   * without a key.
   */
  public String exactRowOf(Row row) {
    return text(row, false);
  }

  private String text(Row row, boolean folded) {
    StringBuilder text = new StringBuilder(shape.fullName());
    if (key.isEmpty()) {
      row.cells().forEach(cell -> append(text, cell.toString()));
    }
    key.forEach(
        place ->
            append(
                text,
                folded
                    ? part(shape.columns().get(place), row.cell(place))
                    : row.cell(place).toString()));
    return text.toString();
  }

  private static void append(StringBuilder text, String part) {
    text.append('\n').append(part.length()).append(':').append(part);
  }

  /** Collations take letters of different case or accent, and texts with spaces behind, as one. */
  private static String part(DeltaColumn column, Cell cell) {
    if (column.charset().isEmpty() || !(cell instanceof Cell.Text text)) {
      return cell.toString();
    }
    return Normalizer.normalize(text.value(), Normalizer.Form.NFKD)
        .replaceAll("\\p{M}", "")
        .toUpperCase(Locale.ROOT)
        .stripTrailing();
  }
}
