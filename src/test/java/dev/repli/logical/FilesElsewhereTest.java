package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.DeltaFileException;
import dev.repli.delta.Place;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.longwork.InMemoryWorkRecords;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two Repli on one database, each with a disk of its own. */
class FilesElsewhereTest {
  private static final RunKey RUN = new RunKey("INC-1");
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final Path FIRST = Path.of("/data/delta/shop/INC-1/000001.delta");
  private final CarriedJournal journal = new CarriedJournal(new InMemoryJournal(CLOCK), CLOCK);
  private final InMemoryWorkRecords works = new InMemoryWorkRecords();
  private final FilesElsewhere elsewhere = new FilesElsewhere(journal, works);

  private static Place place(String gtid) {
    return new Place(new Position(Position.Kind.MARIADB_GTID, gtid), "", 0);
  }

  private static List<Position> here(String... gtids) {
    return List.of(gtids).stream().map(gtid -> place(gtid).position()).toList();
  }

  private void extracted(String from, String end) {
    journal.extracted(RUN, place(from), place(end), FIRST, 3);
  }

  private void stopped(String before, String after) {
    journal.stopped(
        RUN,
        new Statement(
            Statement.Kind.DDL,
            "app",
            "ALTER TABLE t ADD c INT",
            place(before),
            place(after),
            Instant.EPOCH),
        FIRST);
  }

  @Test
  void isNoNothingWhenAnotherMachineHasTheFiles() {
    long unused = works.begin(RUN, "carryDeltaWork", "repli-a", Instant.EPOCH);
    extracted("0-1-5", "0-2-9");

    assertThatThrownBy(() -> elsewhere.refuse(RUN, List.of()))
        .isInstanceOf(DeltaFileException.class)
        .hasMessageContaining("not on the machine")
        .hasMessageContaining("repli-a")
        .hasMessageContaining(FIRST.toString())
        .hasMessageContaining("Try again");
    assertThatThrownBy(() -> elsewhere.refuse(RUN, here("0-2-7")))
        .as("files of an earlier attempt that was thrown away there")
        .isInstanceOf(DeltaFileException.class);
  }

  @Test
  void looksAtWhatIsHereThoughAnotherReadOn() {
    extracted("0-1-5", "0-2-9");
    extracted("0-2-9", "0-2-12");

    assertThatCode(() -> elsewhere.refuse(RUN, here("0-2-9"))).doesNotThrowAnyException();
    assertThatCode(() -> elsewhere.refuse(RUN, here("0-2-9", "0-2-12", "0-2-15")))
        .as("also when it was killed before it wrote down the last one")
        .doesNotThrowAnyException();
  }

  @Test
  void doesNotOverlookAStatementThatAnotherCameTo() {
    extracted("0-1-5", "0-2-9");
    stopped("0-2-12", "0-2-13");

    assertThatThrownBy(() -> elsewhere.refuse(RUN, here("0-2-9")))
        .isInstanceOf(DeltaFileException.class);
    assertThatThrownBy(() -> elsewhere.refuse(RUN, List.of()))
        .isInstanceOf(DeltaFileException.class);
    assertThatCode(() -> elsewhere.refuse(RUN, here("0-2-9", "0-2-12"))).doesNotThrowAnyException();
  }

  @Test
  void findsNothingMissingBeforeAnythingIsWrittenOrWhenItWasThrownAway() {
    assertThatCode(() -> elsewhere.refuse(RUN, List.of())).doesNotThrowAnyException();
    extracted("0-1-5", "0-2-9");
    journal.begunAgain(RUN, place("0-2-7").position());

    assertThatCode(() -> elsewhere.refuse(RUN, List.of())).doesNotThrowAnyException();
  }

  /** Versions before this one did not say where a file ends. */
  @Test
  void knowsThatAVersionBeforeHasWrittenSomething() {
    journal
        .journal()
        .append(
            RUN,
            new Milestone(
                "DELTA_EXTRACTED",
                "3 changes up to 0-2-9 are in 000001.delta",
                Map.of("from", "0-1-5", "file", FIRST.toString(), "rows", "3")));

    assertThatThrownBy(() -> elsewhere.refuse(RUN, List.of()))
        .isInstanceOf(DeltaFileException.class)
        .hasMessageContaining(FIRST.toString());
    assertThatCode(() -> elsewhere.refuse(RUN, here("0-2-9"))).doesNotThrowAnyException();
    extracted("0-2-9", "0-2-12");
    assertThatCode(() -> elsewhere.refuse(RUN, here("0-2-9"))).doesNotThrowAnyException();
    stopped("0-2-15", "0-2-16");
    assertThatThrownBy(() -> elsewhere.refuse(RUN, here("0-2-9")))
        .isInstanceOf(DeltaFileException.class);
  }
}
