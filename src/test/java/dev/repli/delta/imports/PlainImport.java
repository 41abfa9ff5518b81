package dev.repli.delta.imports;

import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an import has to come to, done one change after the other and without any failure. */
final class PlainImport {
  final Map<Integer, Row> rows;
  final List<Set<Integer>> heldTogether = new ArrayList<>();
  long applied;
  long alreadyThere;
  long held;

  PlainImport(Map<Integer, Row> source, History history) {
    rows = new TreeMap<>(source);
    history.transactions.forEach(changes -> changes.forEach(this::take));
  }

  private void take(RowChange change) {
    Set<Integer> keys = new LinkedHashSet<>();
    if (change instanceof Insert insert) {
      keys.add(History.key(insert.after()));
    } else if (change instanceof Update update) {
      keys.add(History.key(update.before()));
      keys.add(History.key(update.after()));
    } else if (change instanceof Delete delete) {
      keys.add(History.key(delete.before()));
    }
    if (waits(keys)) {
      held++;
    } else if (!write(change)) {
      held++;
      heldTogether.add(new LinkedHashSet<>(keys));
    }
  }

  private boolean waits(Set<Integer> keys) {
    Set<Integer> all = new LinkedHashSet<>(keys);
    List<Set<Integer>> behind =
        heldTogether.stream().filter(group -> keys.stream().anyMatch(group::contains)).toList();
    if (behind.isEmpty()) {
      return false;
    }
    behind.forEach(all::addAll);
    heldTogether.removeAll(behind);
    heldTogether.add(all);
    return true;
  }

  /** False when it is held. */
  private boolean write(RowChange change) {
    if (change instanceof Insert insert) {
      Row now = rows.get(History.key(insert.after()));
      if (now == null) {
        rows.put(History.key(insert.after()), insert.after());
        applied++;
        return true;
      }
      return there(now.equals(insert.after()));
    }
    if (change instanceof Delete delete) {
      Row now = rows.get(History.key(delete.before()));
      if (now != null && now.equals(delete.before())) {
        rows.remove(History.key(now));
        applied++;
        return true;
      }
      return there(now == null);
    }
    return update((Update) change);
  }

  private boolean update(Update update) {
    int from = History.key(update.before());
    int to = History.key(update.after());
    Row now = rows.get(from);
    if (now != null && now.equals(update.before())) {
      if (from != to && rows.containsKey(to)) {
        return false;
      }
      rows.remove(from);
      rows.put(to, update.after());
      applied++;
      return true;
    }
    boolean goneFrom = from == to || now == null;
    Row later = rows.get(to);
    return there(goneFrom && later != null && later.equals(update.after()));
  }

  private boolean there(boolean equal) {
    alreadyThere += equal ? 1 : 0;
    return equal;
  }
}
