package dev.repli.delta.conflict;

import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.Row;
import dev.repli.delta.imports.TargetTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the changes of a group come to: each row before the first and after the last of them. Rows
 * are told apart by their exact keys: a group can have rows whose keys differ in case only.
 */
final class NetRows {
  private final TargetTable table;
  private final Map<String, Net> rows = new LinkedHashMap<>();

  NetRows(TargetTable table) {
    this.table = table;
  }

  /**
   * One row; with neither, it came and went.
   *
   * @param like has its key
   */
  record Net(Row like, Optional<Row> before, Optional<Row> after) {}

  void add(RowChange change) {
    if (change instanceof Insert insert) {
      appears(insert.after());
    } else if (change instanceof Delete delete) {
      goes(delete.before());
    } else if (change instanceof Update update) {
      updated(update);
    }
  }

  private void updated(Update update) {
    String from = name(update.before());
    if (!table.key().isEmpty() && from.equals(name(update.after()))) {
      Net known = rows.get(from);
      rows.put(
          from,
          new Net(
              update.after(),
              known == null ? Optional.of(update.before()) : known.before(),
              Optional.of(update.after())));
    } else {
      goes(update.before());
      appears(update.after());
    }
  }

  private void goes(Row row) {
    String name = table.key().isEmpty() ? newestOf(name(row)) : name(row);
    Net known = rows.get(name);
    rows.put(
        name, new Net(row, known == null ? Optional.of(row) : known.before(), Optional.empty()));
  }

  private void appears(Row row) {
    String name = table.key().isEmpty() ? freeOf(name(row)) : name(row);
    Net known = rows.get(name);
    rows.put(
        name, new Net(row, known == null ? Optional.empty() : known.before(), Optional.of(row)));
  }

  /** Without a key there can be several equal rows, each of which counts. */
  private String freeOf(String name) {
    String free = name;
    for (int copy = 2; rows.containsKey(free); copy++) {
      free = name + "\n" + copy;
    }
    return free;
  }

  private String newestOf(String name) {
    String newest = name;
    for (int copy = 2; rows.containsKey(name + "\n" + copy); copy++) {
      newest = name + "\n" + copy;
    }
    Net known = rows.get(newest);
    return known != null && known.after().isEmpty() ? freeOf(name) : newest;
  }

  private String name(Row row) {
    return table.exactRowOf(row);
  }

  /** By the name that tells them apart. */
  Map<String, Net> rows() {
    return rows;
  }
}
