package dev.repli.web;

import dev.repli.delta.Cell;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.Row;
import dev.repli.delta.conflict.Conflict;
import dev.repli.delta.conflict.ConflictRow;
import dev.repli.delta.conflict.HeldGroup;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A conflict as the API shows it: for those who decide about it.
 *
 * @param kind {@code conflict}, {@code dead_letter} or {@code waiting}
 * @param seen to be sent back with a decision about exactly this
 */
record ConflictView(
    long group,
    String table,
    String kind,
    long changes,
    String error,
    String seen,
    List<ColumnView> columns,
    List<RowView> rows,
    List<String> obstacles) {
  /** Longer values are cut; what was cut still counts in comparisons. */
  private static final int LONGEST = 4000;

  /**
   * One column.
   *
   * @param key it tells rows apart
   */
  record ColumnView(String name, String type, boolean key, boolean editable) {}

  /** One row of it, by column; null where there is none. */
  record RowView(
      String key,
      @Nullable Map<String, @Nullable String> sourceNow,
      @Nullable Map<String, @Nullable String> targetBefore,
      @Nullable Map<String, @Nullable String> targetAfter,
      List<String> differing) {}

  static ConflictView of(Conflict conflict) {
    HeldGroup held = conflict.held();
    List<DeltaColumn> columns = conflict.table().columns();
    List<Integer> key = conflict.into().map(into -> into.key()).orElse(List.of());
    return new ConflictView(
        held.group(),
        held.table(),
        held.kind().name().toLowerCase(Locale.ROOT),
        held.changes(),
        held.error(),
        conflict.seen(),
        java.util.stream.IntStream.range(0, columns.size())
            .mapToObj(place -> column(columns.get(place), key.contains(place)))
            .toList(),
        conflict.rows().stream().map(row -> row(row, conflict)).toList(),
        conflict.obstacles());
  }

  private static ColumnView column(DeltaColumn column, boolean key) {
    return new ColumnView(
        column.name(),
        column.kind().name().toLowerCase(Locale.ROOT) + (column.unsigned() ? " unsigned" : ""),
        key,
        !key && !column.generated());
  }

  private static RowView row(ConflictRow row, Conflict conflict) {
    List<DeltaColumn> columns = conflict.table().columns();
    return new RowView(
        row.key(),
        values(row.now(), columns),
        values(row.before(), columns),
        values(row.after(), columns),
        row.differing(conflict.table()).stream().map(place -> columns.get(place).name()).toList());
  }

  private static @Nullable Map<String, @Nullable String> values(
      Optional<Row> row, List<DeltaColumn> columns) {
    if (row.isEmpty()) {
      return null;
    }
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (int place = 0; place < columns.size(); place++) {
      values.put(columns.get(place).name(), text(row.get().cell(place)));
    }
    return values;
  }

  private static @Nullable String text(Cell cell) {
    if (cell instanceof Cell.Text text) {
      return cut(text.value());
    }
    return cell instanceof Cell.Bytes bytes
        ? cut("0x" + HexFormat.of().formatHex(bytes.value()))
        : null;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "… (%d characters)".formatted(text.length());
  }
}
