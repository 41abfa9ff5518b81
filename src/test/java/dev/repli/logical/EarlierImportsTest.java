package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.ActLog;
import dev.repli.database.FakeDatabase;
import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.database.VirtualTime;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.Place;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.logical.EarlierImports.Earlier;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.writerswitch.SwitchMilestones;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlierImportsTest {
  private static final RunKey BEFORE = new RunKey("INC-0");
  private static final RunKey CUTOVER = new RunKey("CUT-1");
  private static final RunKey RUN = new RunKey("INC-1");
  private final VirtualTime time = new VirtualTime();
  private final FakeDatabase database = new FakeDatabase(time);
  private final InMemoryJournal journal = new InMemoryJournal();
  private final CarriedJournal carried = new CarriedJournal(journal, time);
  private final FixedRuns runs = new FixedRuns();
  private final EarlierImports imports =
      new EarlierImports(new CutoverMark(() -> runs, journal), carried);
  private final Plan plan =
      SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));

  private List<Earlier> found() {
    try (NodeSession source =
        database.connect(database.source().node(), Duration.ofMinutes(1), ActLog.NONE)) {
      return imports.of(plan, source);
    }
  }

  private void on(RunKey run, String row) {
    database
        .source()
        .answer(
            "SELECT COUNT(*) FROM information_schema.tables"
                + " WHERE table_schema = 'repli_probe' AND table_name = 'delta_import'",
            "1")
        .answer(EarlierImports.question(DeltaChoice.importOf(run)), row);
  }

  private void ran(RunKey run, String runbook) {
    runs.with(run, runbook, plan.id(), "op1", Optional.of("ended"));
  }

  @Test
  void areThoseOfRunsSinceTheWriterMoved() {
    assertThat(found()).as("nothing was ever imported there").isEmpty();
    on(BEFORE, "0|0|1|MARIADB_GTID|0-2-9");
    on(RUN, "3|2|0|MARIADB_GTID|0-2-77,4-2-1");
    ran(BEFORE, "RollbackProcess");
    ran(CUTOVER, "CutoverProcess");
    ran(RUN, "RollbackProcess");
    assertThat(found()).as("that cutover did not move the writer").hasSize(2);

    journal.append(
        CUTOVER,
        new Milestone(
            SwitchMilestones.POINT_OF_NO_RETURN,
            "passed",
            Map.of("to", "TARGET", "position", "0-1-9")));
    Position at = new Position(Position.Kind.MARIADB_GTID, "0-2-77,4-2-1");
    assertThat(found())
        .containsExactly(new Earlier(DeltaChoice.importOf(RUN), Optional.of(at), 3, 2, false));
  }

  @Test
  void areThoseOfAllRollbacksHoweverManyRunsThereAre() {
    on(BEFORE, "0|0|1|MARIADB_GTID|0-2-9");
    on(RUN, "0|0|1|MARIADB_GTID|0-2-77");
    ran(BEFORE, "RollbackProcess");
    ran(CUTOVER, "CutoverProcess");
    journal.append(
        CUTOVER,
        new Milestone(
            SwitchMilestones.POINT_OF_NO_RETURN,
            "passed",
            Map.of("to", "TARGET", "position", "0-1-9")));
    ran(RUN, "RollbackProcess");
    for (int i = 0; i < 120; i++) {
      ran(new RunKey("MSG-" + i), "MessageApprovalProcess");
      ran(new RunKey("LATER-" + i), i % 2 == 0 ? "RollbackProcess" : "CutoverProcess");
    }
    CutoverMark mark = new CutoverMark(() -> runs, journal);
    assertThat(mark.ofCutover(plan)).map(Position::value).contains("0-1-9");
    assertThat(mark.timeOfCutover(plan)).isPresent();
    assertThat(mark.runsSince(plan)).hasSize(61).contains(RUN).doesNotContain(BEFORE);
    assertThat(found()).extracting(Earlier::id).containsExactly(DeltaChoice.importOf(RUN));
  }

  @Test
  void hasNoPlaceBeforeItsFirstTransaction() {
    on(RUN, "0|0|0||");
    ran(RUN, "RollbackProcess");
    assertThat(found())
        .containsExactly(new Earlier(DeltaChoice.importOf(RUN), Optional.empty(), 0, 0, false));
  }

  @Test
  void namesWhatTheyLeftOut() {
    Earlier all = new Earlier(DeltaChoice.importOf(BEFORE), Optional.empty(), 0, 0, true);
    assertThat(imports.leftOut(List.of(all))).isEmpty();
    Earlier some = new Earlier(DeltaChoice.importOf(RUN), Optional.empty(), 3, 2, true);
    assertThat(imports.leftOut(List.of(all, some)))
        .singleElement()
        .asString()
        .contains("run INC-1: 3 changes abandoned, 2 changes held", "/conflicts/INC-1");
    carried.missing().say(BEFORE, "incomplete: deletes are missing", Map.of());
    assertThat(imports.leftOut(List.of(all)))
        .containsExactly("run INC-0: incomplete: deletes are missing");
    carried.missing().say(BEFORE, "left out by an earlier one: 3 changes", Map.of());
    carried.missing().say(BEFORE, "incomplete: deletes are missing", Map.of());
    assertThat(imports.leftOut(List.of(all)))
        .as("one reason does not hide another")
        .containsExactly(
            "run INC-0: incomplete: deletes are missing, left out by an earlier one: 3 changes");
    carried.missing().say(RUN, EarlierImports.LEFT_OUT + imports.leftOut(List.of(all)), Map.of());
    assertThat(imports.leftOut(List.of(some, all)))
        .as("what that one says of the others stands there already")
        .hasSize(2)
        .first()
        .asString()
        .contains("3 changes abandoned")
        .doesNotContain("INC-0", "deletes are missing");
  }

  @Test
  void aStatementIsToldWithoutValuesOfRows() {
    assertThat(StatementInTheWay.words(statement(Statement.Kind.DDL, "ALTER TABLE t ADD m INT")))
        .startsWith("ddl in app at ")
        .endsWith("ALTER TABLE t ADD m INT");
    String written = "UPDATE people SET phone = '555' WHERE id = 7";
    assertThat(StatementInTheWay.words(statement(Statement.Kind.STATEMENT_FORMAT, written)))
        .contains("statement format in app", "UPDATE …")
        .doesNotContain("555");
    assertThat(StatementInTheWay.words(statement(Statement.Kind.TRUNCATE, "x".repeat(4_000))))
        .hasSizeLessThan(500);
  }

  private static Statement statement(Statement.Kind kind, String sql) {
    Place at = new Place(new Position(Position.Kind.MARIADB_GTID, "0-2-80"), "log.1", 4);
    Place after = new Place(new Position(Position.Kind.MARIADB_GTID, "0-2-81"), "log.1", 90);
    return new Statement(kind, "app", sql, at, after, Instant.EPOCH);
  }

  @Test
  void theJournalKeepsWhereReadingStoppedAndWhereItBeganAgain() {
    carried.stopped(RUN, statement(Statement.Kind.DDL, "DROP TABLE t"), Path.of("000001.delta"));
    CarriedJournal.Stop stop = carried.stopped(RUN).orElseThrow();
    assertThat(stop.before().value()).isEqualTo("0-2-80");
    assertThat(stop.after().value()).isEqualTo("0-2-81");

    Place first = new Place(new Position(Position.Kind.MARIADB_GTID, "0-2-10"), "", 0);
    Place again = new Place(new Position(Position.Kind.MARIADB_GTID, "0-2-15"), "", 0);
    Path file = Path.of("000001.delta");
    carried.extracted(RUN, first, again, file, 5);
    carried.extracted(RUN, again, again, file, 0);
    assertThat(carried.begun(RUN)).contains(first.position());
    carried.begunAgain(RUN, again.position());
    assertThat(carried.begun(RUN)).isEmpty();
    carried.extracted(RUN, again, again, file, 0);
    carried.extracted(RUN, first, again, file, 0);
    assertThat(carried.begun(RUN)).contains(again.position());
  }
}
