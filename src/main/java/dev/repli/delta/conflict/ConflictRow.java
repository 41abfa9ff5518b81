package dev.repli.delta.conflict;

import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One row of a conflict. Empty is: there is none.
 *
 * @param key hash of table and key
 * @param before as the target had it before the held changes
 * @param after as the target has it after them
 * @param now as the source has it
 */
public record ConflictRow(
    String key, Optional<Row> before, Optional<Row> after, Optional<Row> now) {

  /** Places of columns in which any two of the three differ, where there are two. */
  public List<Integer> differing(DeltaTable table) {
    List<Row> rows = List.of(before, after, now).stream().flatMap(Optional::stream).toList();
    return IntStream.range(0, table.columns().size())
        .filter(place -> !table.columns().get(place).generated())
        .filter(place -> rows.stream().map(row -> row.cell(place)).distinct().count() > 1)
        .boxed()
        .toList();
  }
}
