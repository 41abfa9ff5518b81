package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.ActLog;
import dev.repli.database.FakeDatabase;
import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.database.VirtualTime;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.stream.OrderStream.Begun;
import dev.repli.logical.CutoverMark.Handover;
import dev.repli.logical.EarlierImports.Earlier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MySqlStandTest {
  private static final String SERVER = "0d6e1a32-0000-1111-2222-333344445555";
  private static final Position OPENED = new Position(Position.Kind.MARIADB_GTID, "0-2-100");
  private static final Position HISTORY =
      new Position(Position.Kind.MYSQL_GTID_SET, SERVER + ":1-50");
  private final FakeDatabase database = new FakeDatabase(new VirtualTime());

  private SourceStand stand(Optional<Handover> cutover, List<Earlier> imports) {
    try (NodeSession source =
        database.connect(database.source().node(), Duration.ofMinutes(1), ActLog.NONE)) {
      return MySqlStand.of(source, cutover, imports);
    }
  }

  private Optional<String> own(String answer) {
    database.source().answer(MySqlStand.COUNTED, "1");
    database.source().answer(MySqlStand.question(HISTORY, true), answer);
    return stand(Optional.of(new Handover(Optional.of(OPENED), Optional.of(HISTORY))), List.of())
        .own();
  }

  private Optional<String> ownSince(Optional<Position> history) {
    return stand(Optional.of(new Handover(Optional.of(OPENED), history)), List.of()).own();
  }

  private static Earlier imported(String id, String at) {
    return new Earlier(
        new ImportId(id), Optional.of(new Position(Position.Kind.MARIADB_GTID, at)), 0, 0, false);
  }

  @Test
  void isWhereTheTargetWasOpenedUntilAStreamOrARollbackHasImported() {
    Optional<Handover> cutover =
        Optional.of(new Handover(Optional.of(OPENED), Optional.of(HISTORY)));
    assertThat(stand(cutover, List.of()).at()).isEqualTo(OPENED);
    List<Earlier> imports =
        List.of(imported("INC-1", "0-2-140"), imported("stream-shop-1", "0-2-120,4-2-7"));
    assertThat(stand(cutover, imports).at().value()).isEqualTo("0-2-140,4-2-7");
  }

  @Test
  void cannotBeToldWithoutACutoverInTheJournal() {
    assertThatThrownBy(() -> stand(Optional.empty(), List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no cutover");
  }

  @Test
  void knowsItsOwnTransactionsByThoseThatImportsHaveCounted() {
    assertThat(own("ON|1|23|" + SERVER + ":51-73")).isEmpty();
    assertThat(own("ON|1|20|" + SERVER + ":51-73"))
        .contains("3 transactions that no import of Repli wrote");
  }

  @Test
  void saysSoWhereNobodyCanKnow() {
    assertThat(own("ON|0|23|" + SERVER + ":51-73").orElseThrow()).startsWith("not known: its gtid");
    assertThat(own("ON|1|24|" + SERVER + ":51-73").orElseThrow()).startsWith("not known: imports");
    assertThat(own("").orElseThrow()).startsWith("not known: it takes transactions");
    assertThat(own("OFF|1|0|").orElseThrow()).startsWith("not known: its gtid_mode is OFF");
    assertThat(ownSince(Optional.empty()).orElseThrow())
        .startsWith("not known: the cutover did not write down");
    // as of a server that gave its transactions no ids then
    Position none = new Position(Position.Kind.MYSQL_GTID_SET, "");
    assertThat(ownSince(Optional.of(none)).orElseThrow())
        .startsWith("not known: the cutover did not write down");
  }

  private static Optional<String> doubt(String from, Earlier... imports) {
    Begun stream =
        new Begun(
            "op1", new ImportId("stream-shop-1"), new Position(Position.Kind.MARIADB_GTID, from));
    return MySqlStand.doubt(Optional.of(stream), OPENED, List.of(imports));
  }

  @Test
  void isInDoubtWhileAStreamThatWasStartedFurtherOnHasWrittenNothing() {
    assertThat(doubt("0-2-140", imported("INC-1", "0-2-90")).orElseThrow())
        .startsWith("not known: ")
        .contains("0-2-140 (op1 started a stream there", "0-2-100 (as Repli knows")
        .contains("without a key come twice");
    assertThat(doubt("0-2-140", imported("stream-shop-1", "0-2-141"))).isEmpty();
    assertThat(doubt("0-2-100")).as("that is known").isEmpty();
    assertThat(MySqlStand.doubt(Optional.empty(), OPENED, List.of())).isEmpty();
  }

  @Test
  void countsTransactionsOfAllServersAndTags() {
    assertThat(MySqlStand.transactions("")).isZero();
    assertThat(MySqlStand.transactions(SERVER + ":5")).isEqualTo(1);
    assertThat(MySqlStand.transactions(SERVER + ":1-3:7:tag_1:9-10,\nother-uuid:1-100"))
        .isEqualTo(106);
  }
}
