package dev.repli.delta.conflict;

import static dev.repli.delta.imports.History.THINGS;
import static dev.repli.delta.imports.History.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.Row;
import dev.repli.delta.conflict.NetRows.Net;
import dev.repli.delta.imports.TargetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A row that is taken for another one is lost when somebody decides. */
class NetRowsTest {
  /** With the name as its key. */
  private static final TargetTable TABLE = new TargetTable(THINGS, List.of(1), true);

  private final NetRows net = new NetRows(TABLE);

  @Test
  void keepsRowsApartWhoseKeysACollationCouldTakeAsOne() {
    net.add(new Update(THINGS, row(1, "a", 1), row(1, "a", 2)));
    net.add(new Update(THINGS, row(2, "A", 1), row(2, "A", 3)));
    net.add(new Update(THINGS, row(3, "\u00e1 ", 1), row(3, "\u00e1 ", 4)));

    assertThat(net.rows().values())
        .containsExactly(
            changed(row(1, "a", 1), row(1, "a", 2)),
            changed(row(2, "A", 1), row(2, "A", 3)),
            changed(row(3, "\u00e1 ", 1), row(3, "\u00e1 ", 4)));
  }

  @Test
  void letsARowGoWhoseKeyIsSpelledAnew() {
    net.add(new Update(THINGS, row(1, "a", 1), row(1, "A", 2)));

    assertThat(net.rows().values())
        .containsExactly(
            new Net(row(1, "a", 1), Optional.of(row(1, "a", 1)), Optional.empty()),
            new Net(row(1, "A", 2), Optional.empty(), Optional.of(row(1, "A", 2))));
  }

  @Test
  void joinsThoseThatTheSourceHasAsOne() {
    Optional<Row> now = Optional.of(row(1, "a", 9));
    List<String> obstacles = new ArrayList<>();

    List<ConflictRow> joined =
        SameRows.joined(
            TABLE,
            List.of(
                new ConflictRow("k1", Optional.of(row(1, "a", 1)), Optional.empty(), now),
                new ConflictRow("k2", Optional.empty(), Optional.of(row(1, "A", 2)), now),
                new ConflictRow(
                    "k3", Optional.empty(), Optional.of(row(2, "b", 2)), Optional.empty())),
            obstacles);

    assertThat(joined)
        .containsExactly(
            new ConflictRow("k1", Optional.of(row(1, "a", 1)), Optional.of(row(1, "A", 2)), now),
            new ConflictRow("k3", Optional.empty(), Optional.of(row(2, "b", 2)), Optional.empty()));
    assertThat(obstacles).isEmpty();
  }

  @Test
  void writesNothingWhereTheSourceHasOneRowForTwo() {
    Optional<Row> now = Optional.of(row(1, "a", 9));
    List<String> obstacles = new ArrayList<>();

    SameRows.joined(
        TABLE,
        List.of(
            new ConflictRow("k1", Optional.of(row(1, "a", 1)), Optional.of(row(1, "a", 2)), now),
            new ConflictRow("k2", Optional.of(row(2, "A", 1)), Optional.of(row(2, "A", 3)), now)),
        obstacles);

    assertThat(obstacles).singleElement().asString().contains("takes keys as equal");
  }

  private static Net changed(Row before, Row after) {
    return new Net(after, Optional.of(before), Optional.of(after));
  }
}
