package dev.repli.delta.conflict;

import dev.repli.delta.Cell;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import dev.repli.delta.conflict.Proposal.Base;
import dev.repli.delta.conflict.Proposal.Edit;
import dev.repli.delta.conflict.Proposal.KeepAsDeadLetter;
import dev.repli.delta.conflict.Proposal.TakeSource;
import dev.repli.delta.imports.TargetTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a proposal would change on the node.
 *
 * @param changes in the order in which they have to be made; empty when nothing has to be
 * @param problems why it cannot be done; the changes are then none
 */
record WantedChanges(List<RowChange> changes, List<String> problems) {
  WantedChanges {
    changes = List.copyOf(changes);
    problems = List.copyOf(problems);
  }

  static WantedChanges of(Conflict conflict, Proposal proposal) {
    if (proposal instanceof TakeSource || proposal instanceof KeepAsDeadLetter) {
      return new WantedChanges(List.of(), List.of());
    }
    if (conflict.into().isEmpty()) {
      return new WantedChanges(List.of(), conflict.obstacles());
    }
    if (proposal instanceof Edit edit) {
      return edited(conflict, conflict.into().get(), edit);
    }
    List<RowChange> changes = new ArrayList<>();
    conflict
        .rows()
        .forEach(row -> change(conflict.table(), row.now(), row.after()).ifPresent(changes::add));
    changes.sort(Comparator.comparingInt(WantedChanges::turn));
    return new WantedChanges(changes, List.of());
  }

  /** Rows go before others come, so that unique values are free. */
  private static int turn(RowChange change) {
    return change instanceof Delete ? 0 : change instanceof Update ? 1 : 2;
  }

  private static Optional<RowChange> change(
      DeltaTable table, Optional<Row> now, Optional<Row> wanted) {
    if (now.isPresent() && wanted.isPresent()) {
      return same(table, now.get(), wanted.get())
          ? Optional.empty()
          : Optional.of(new Update(table, now.get(), wanted.get()));
    }
    return wanted
        .<RowChange>map(row -> new Insert(table, row))
        .or(() -> now.map(row -> new Delete(table, row)));
  }

  private static boolean same(DeltaTable table, Row one, Row other) {
    for (int place = 0; place < table.columns().size(); place++) {
      if (!table.columns().get(place).generated() && !one.cell(place).equals(other.cell(place))) {
        return false;
      }
    }
    return true;
  }

  private static WantedChanges edited(Conflict conflict, TargetTable into, Edit edit) {
    if (conflict.rows().size() != 1) {
      return refused("only a conflict about one row can be edited; this one is about several");
    }
    ConflictRow row = conflict.rows().get(0);
    Optional<Row> base = edit.base() == Base.SOURCE ? row.now() : row.after();
    if (base.isEmpty()) {
      return refused(
          edit.base() == Base.SOURCE
              ? "the source has no such row, so there is nothing to edit; begin with the target's"
              : "the target has no such row any more, so there is nothing to edit; begin with the"
                  + " source's");
    }
    Cell[] cells = base.get().cells().toArray(Cell[]::new);
    List<String> problems = new ArrayList<>();
    edit.values().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(value -> set(into, cells, value, problems));
    if (!problems.isEmpty()) {
      return new WantedChanges(List.of(), problems);
    }
    return new WantedChanges(
        change(conflict.table(), row.now(), Optional.of(Row.of(cells))).stream().toList(),
        List.of());
  }

  private static void set(
      TargetTable into,
      Cell[] cells,
      Map.Entry<String, Optional<String>> value,
      List<String> problems) {
    List<DeltaColumn> columns = into.shape().columns();
    int place = columns.stream().map(DeltaColumn::name).toList().indexOf(value.getKey());
    if (place < 0) {
      problems.add(value.getKey() + " is no column of " + into.shape().fullName());
    } else if (into.key().contains(place)) {
      problems.add(value.getKey() + " tells the row apart and cannot be edited");
    } else if (columns.get(place).generated()) {
      problems.add(value.getKey() + " is computed by the server and cannot be edited");
    } else {
      TypedCell typed = TypedCell.of(columns.get(place), value.getValue());
      typed.problem().ifPresent(problems::add);
      cells[place] = typed.cell();
    }
  }

  private static WantedChanges refused(String why) {
    return new WantedChanges(List.of(), List.of(why));
  }
}
