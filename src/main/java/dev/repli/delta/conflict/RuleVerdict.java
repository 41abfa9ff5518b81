package dev.repli.delta.conflict;

import dev.repli.delta.Cell;
import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What a rule says of a conflict. */
final class RuleVerdict {
  private RuleVerdict() {}

  /** Empty where it says nothing, so that people decide. */
  static Optional<Proposal> of(ConflictRule rule, Conflict conflict) {
    return switch (rule.kind()) {
      case TARGET_WINS -> Optional.of(new Proposal.TakeTarget());
      case SOURCE_WINS -> Optional.of(new Proposal.TakeSource());
      case DEAD_LETTER -> Optional.of(new Proposal.KeepAsDeadLetter());
      case NEWEST_WINS -> newest(rule, conflict);
    };
  }

  /** Whether a later value of such a column is a greater one. */
  static boolean orders(ColumnKind kind) {
    return switch (kind) {
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, DECIMAL, DATE, DATETIME, TIMESTAMP, YEAR ->
          true;
      default -> false;
    };
  }

  /** All rows of the conflict have to say the same. */
  private static Optional<Proposal> newest(ConflictRule rule, Conflict conflict) {
    List<DeltaColumn> columns = conflict.table().columns();
    int place = columns.stream().map(DeltaColumn::name).toList().indexOf(rule.column());
    if (place < 0 || conflict.rows().isEmpty()) {
      return Optional.empty();
    }
    List<Integer> signs =
        conflict.rows().stream().map(row -> compare(columns.get(place), place, row)).toList();
    if (signs.stream().distinct().count() != 1 || signs.get(0) == 0) {
      return Optional.empty();
    }
    return Optional.of(signs.get(0) > 0 ? new Proposal.TakeTarget() : new Proposal.TakeSource());
  }

  /** Positive where the target's is later; 0 where nobody can say. */
  private static int compare(DeltaColumn column, int place, ConflictRow row) {
    if (row.now().isEmpty() || row.after().isEmpty()) {
      return 0;
    }
    Cell now = row.now().get().cell(place);
    Cell after = row.after().get().cell(place);
    if (!(now instanceof Cell.Text here) || !(after instanceof Cell.Text there)) {
      return 0;
    }
    if (!orders(column.kind())) {
      return 0;
    }
    return switch (column.kind()) {
      case DATE, DATETIME, TIMESTAMP, YEAR -> Integer.signum(there.value().compareTo(here.value()));
      default -> new BigDecimal(there.value()).compareTo(new BigDecimal(here.value()));
    };
  }
}
