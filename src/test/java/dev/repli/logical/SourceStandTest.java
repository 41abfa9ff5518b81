package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.ActLog;
import dev.repli.database.FakeDatabase;
import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.database.VirtualTime;
import dev.repli.delta.imports.ImportId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceStandTest {
  private final FakeDatabase database = new FakeDatabase(new VirtualTime());
  private final long id = database.source().serverId();

  private SourceStand stand(String written, String applied, Optional<Position> cutover) {
    database
        .source()
        .answer("SELECT @@GLOBAL.gtid_binlog_state", written)
        .answer("SELECT @@GLOBAL.gtid_slave_pos", applied);
    try (NodeSession source =
        database.connect(database.source().node(), Duration.ofMinutes(1), ActLog.NONE)) {
      return SourceStand.of(source, cutover, List.of());
    }
  }

  private static Position gtid(String text) {
    return new Position(Position.Kind.MARIADB_GTID, text);
  }

  private Optional<Position> cutoverAt(int number) {
    return Optional.of(gtid("0-" + id + "-" + number));
  }

  @Test
  void isItsOwnPositionAsLongAsItWroteNothing() {
    SourceStand stand = stand("0-%d-100,0-9-120".formatted(id), "0-9-120", cutoverAt(100));

    assertThat(stand.own()).isEmpty();
    assertThat(stand.at()).isEqualTo(SharedHistory.common(database.source().position()));
  }

  @Test
  void isWhereTheCutoverWasWhenItWroteByItself() {
    SourceStand stand = stand("0-%d-103".formatted(id), "", cutoverAt(100));

    assertThat(stand.own()).contains("0-%d-103".formatted(id));
    assertThat(stand.at()).isEqualTo(gtid("0-%d-100".formatted(id)));
  }

  @Test
  void isWhatItAppliedLastWhenItWroteByItselfAfterThat() {
    SourceStand stand = stand("0-9-120,0-%d-121".formatted(id), "0-9-120,4-9-7", cutoverAt(100));

    assertThat(stand.own()).contains("0-%d-121".formatted(id));
    assertThat(stand.at()).isEqualTo(gtid("0-9-120,4-9-7"));
  }

  @Test
  void isExactlyWhereAnEarlierImportEnded() {
    Position cutover = gtid("0-%d-100".formatted(id));
    database
        .source()
        .answer("SELECT @@GLOBAL.gtid_binlog_state", "0-%d-103".formatted(id))
        .answer("SELECT @@GLOBAL.gtid_slave_pos", "");
    EarlierImports.Earlier killed =
        new EarlierImports.Earlier(
            new ImportId("INC-1"), Optional.of(gtid("0-9-150")), 0, 0, false);
    EarlierImports.Earlier begun =
        new EarlierImports.Earlier(new ImportId("INC-0"), Optional.empty(), 0, 0, false);
    try (NodeSession source =
        database.connect(database.source().node(), Duration.ofMinutes(1), ActLog.NONE)) {
      assertThat(SourceStand.of(source, Optional.of(cutover), List.of(killed, begun)).at())
          .isEqualTo(gtid("0-9-150"));
    }
  }

  @Test
  void doesNotTakeWhatItAppliedBeforeTheCutoverForLater() {
    SourceStand stand = stand("0-%d-103".formatted(id), "0-9-50", cutoverAt(100));

    assertThat(stand.at()).isEqualTo(gtid("0-%d-100".formatted(id)));
  }
}
