package dev.repli.logical;

import static dev.repli.logical.DeltaSamples.RUN;
import static dev.repli.logical.DeltaSamples.place;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.FakeDatabase;
import dev.repli.database.Position;
import dev.repli.database.VirtualTime;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.DeltaFileException;
import dev.repli.delta.InTheWayException;
import dev.repli.delta.UnreadableDeltaException;
import dev.repli.delta.file.LocalDeltaFiles;
import dev.repli.journal.InMemoryJournal;
import dev.repli.longwork.InMemoryWorkRecords;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.rollback.SampleLooks;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.FixedRuns;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Repli on one journal, each with a disk of its own, and kills in between. */
class ExtractFirstTest {
  private final VirtualTime time = new VirtualTime();
  private final FakeDatabase database = new FakeDatabase(time);
  private Plan plan =
      SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));
  private final CarriedJournal journal = new CarriedJournal(new InMemoryJournal(time), time);
  private final EndsOfLog log = new EndsOfLog();
  private final InMemoryDeltaPace pace = new InMemoryDeltaPace();
  @TempDir Path a;
  @TempDir Path b;

  /** What a Repli does that is killed, or loses its database, before it writes something down. */
  private void killed(Path disk) {
    extract(disk, new CarriedJournal(new InMemoryJournal(time), time));
  }

  private void extract(Path disk) {
    extract(disk, journal);
  }

  private void extract(Path disk, CarriedJournal into) {
    assertThat(
            new ExtractFirst(rounds(disk, into), into)
                .extract(RUN, plan, new DeltaSamples.Unwatched()))
        .isEmpty();
  }

  private void look(Path disk) {
    new FilesElsewhere(journal, new InMemoryWorkRecords())
        .refuse(RUN, rounds(disk, journal).ends(plan, RUN));
  }

  private void write() {
    database.target().writeRegardless("app", "1");
  }

  @Test
  void isKnownAlsoWhenItWasKilledBeforeItSaidSo() {
    write();
    killed(a);
    extract(a);

    assertThatThrownBy(() -> look(b))
        .isInstanceOf(DeltaFileException.class)
        .hasMessageContaining(a.toString());
    assertThatCode(() -> look(a)).doesNotThrowAnyException();
    extract(a);
    assertThat(journal.written(RUN).orElseThrow().ends()).as("said once").hasSize(1);
    extract(b);
    assertThatCode(() -> look(b)).doesNotThrowAnyException();
  }

  @Test
  void isShownWithTheFilesThatAreHereThoughOnlyOthersAreKnown() {
    write();
    killed(b);
    write();
    extract(a);

    assertThatThrownBy(() -> look(b)).isInstanceOf(DeltaFileException.class);
    extract(b);
    assertThatCode(() -> look(b)).doesNotThrowAnyException();
    assertThatCode(() -> look(a)).doesNotThrowAnyException();
  }

  @Test
  void doesNotForgetAStatementInTheWayWhenItWasKilled() {
    write();
    log.stopAt(statement(database.target().position()));
    killed(a);
    extract(a);

    assertThat(rounds(a, journal).statementAtTheEnd(plan, RUN)).isPresent();
    assertThatThrownBy(() -> look(b)).isInstanceOf(DeltaFileException.class);
  }

  @Test
  void readsOnToAStatementThatAnotherCameTo() {
    write();
    killed(b);
    write();
    log.stopAt(statement(database.target().position()));
    extract(a);

    assertThatThrownBy(() -> look(b)).isInstanceOf(DeltaFileException.class);
    write();
    extract(b);
    assertThat(rounds(b, journal).statementAtTheEnd(plan, RUN)).isPresent();
    assertThatCode(() -> look(b)).doesNotThrowAnyException();
  }

  @Test
  void keepsWhatCannotBeReadOnceSaid() {
    write();
    String why = "transaction 0-2-1 is an XA transaction";
    log.unreadable(new InTheWayException("0-2-1", "", new UnreadableDeltaException(why)));

    for (int again = 0; again < 2; again++) {
      assertThat(
              new ExtractFirst(rounds(a, journal), journal)
                  .extract(RUN, plan, new DeltaSamples.Unwatched()))
          .hasValueSatisfying(said -> assertThat(said).contains(why).contains("go back in place"));
    }

    assertThat(new UnreadableInLog(journal.journal()).of(RUN))
        .singleElement()
        .satisfies(part -> assertThat(part.why()).isEqualTo(why));
  }

  @Test
  void saysWhichAbandonedTablesAreInNoFile() {
    write();
    log.passedOver("app.history");
    plan = SamplePlan.abandoning(plan, "app.history");

    extract(a);

    assertThat(journal.missing().texts(RUN))
        .singleElement()
        .asString()
        .contains("app.history")
        .contains("in no file");
  }

  private static Statement statement(Position before) {
    return new Statement(
        Statement.Kind.DDL,
        "app",
        "ALTER TABLE t ADD c INT",
        place(before.value()),
        place(before.value() + "1"),
        Instant.EPOCH);
  }

  private DeltaRounds rounds(Path disk, CarriedJournal into) {
    CutoverMark mark = new CutoverMark(FixedRuns::new, into.journal());
    LocalDeltaFiles files = new LocalDeltaFiles();
    return new DeltaRounds(
        SampleLooks.at(database),
        log,
        files,
        into,
        mark,
        new FoundByTime(new NoTimes(), mark, files, into),
        new EarlierImports(mark, into),
        new PaceClock(pace, time, () -> time.instant().toEpochMilli() * 1_000_000),
        disk);
  }
}
