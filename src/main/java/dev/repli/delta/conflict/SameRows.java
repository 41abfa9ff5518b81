package dev.repli.delta.conflict;

import dev.repli.delta.Row;
import dev.repli.delta.imports.TargetTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keys that differ can be one row of the source, where its collation takes them as equal. Which are
 * is its own word: the row that it found for them.
 */
final class SameRows {
  private SameRows() {}

  /**
   * The rows, each of the source's once.
   *
   * @param obstacles gets what cannot be written, since the source has one row for several
   */
  static List<ConflictRow> joined(
      TargetTable table, List<ConflictRow> rows, List<String> obstacles) {
    Map<String, ConflictRow> joined = new LinkedHashMap<>();
    for (ConflictRow row : rows) {
      String name = row.now().map(now -> "now " + table.exactRowOf(now)).orElse(row.key());
      ConflictRow known = joined.get(name);
      if (known == null) {
        joined.put(name, row);
      } else if ((known.before().isPresent() && row.before().isPresent())
          || (known.after().isPresent() && row.after().isPresent())) {
        obstacles.add(
            "the source takes keys as equal that are different rows on the target; the columns of"
                + " the key have other collations there");
        return List.of();
      } else {
        joined.put(
            name,
            new ConflictRow(
                known.key(),
                first(known.before(), row.before()),
                first(known.after(), row.after()),
                known.now()));
      }
    }
    return new ArrayList<>(joined.values());
  }

  private static Optional<Row> first(Optional<Row> one, Optional<Row> other) {
    return Stream.of(one, other).flatMap(Optional::stream).findFirst();
  }
}
