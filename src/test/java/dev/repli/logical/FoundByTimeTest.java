package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.NodeException;
import dev.repli.database.Position;
import dev.repli.delta.Cell;
import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.DeltaCounts;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaFiles.Check;
import dev.repli.delta.DeltaOrigin;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.LogGoneException;
import dev.repli.delta.Place;
import dev.repli.delta.Row;
import dev.repli.delta.TimedRows;
import dev.repli.delta.TimedTables;
import dev.repli.delta.TimedTables.Timed;
import dev.repli.delta.file.LocalDeltaFiles;
import dev.repli.host.Cancellation;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.longwork.WorkWatch;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.Findings;
import dev.repli.route.RoutePlans;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.writerswitch.SwitchMilestones;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoundByTimeTest {
  private static final Instant CUTOVER = Instant.parse("2026-03-01T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(CUTOVER, ZoneOffset.UTC);
  private static final RunKey RUN = new RunKey("INC-1");
  private static final RunKey BEFORE = new RunKey("CUT-1");
  private static final DeltaTable STOCK =
      new DeltaTable(
          "app",
          "stock",
          List.of(new DeltaColumn("id", ColumnKind.INT, false, false, 0, 0, "", List.of(), false)),
          List.of(0));
  private static final Place END = place("0-2-50");
  private final Plan plan =
      RoutePlans.plan(
          new Endpoint("db1", 3306),
          new Endpoint("db2", 3306),
          new RouteSpec.Lab("app", Optional.empty()));
  private final InMemoryJournal journal = new InMemoryJournal(CLOCK);
  private final FixedRuns runs = new FixedRuns();
  private final Deque<DeltaEvent> events = new ArrayDeque<>();
  private TimedTables tables =
      new TimedTables(
          List.of(new Timed("app", "stock", "changed", true)), Map.of("app.log", "no time column"));
  private Instant since = Instant.EPOCH;
  private Instant clockOfTarget = CUTOVER;
  @TempDir Path folder;

  private static Place place(String gtid) {
    return new Place(new Position(Position.Kind.MARIADB_GTID, gtid), "", 0);
  }

  private FoundByTime byTime() {
    TimedRows rows =
        new TimedRows() {
          @Override
          public TimedTables tables(Node node, Map<String, String> named) {
            return tables;
          }

          @Override
          public Instant now(Node node) {
            return clockOfTarget;
          }

          @Override
          public DeltaStream open(Node node, TimedTables chosen, Instant from) {
            since = from;
            return new Told();
          }
        };
    return new FoundByTime(
        rows,
        new CutoverMark(() -> runs, journal),
        new LocalDeltaFiles(),
        new CarriedJournal(journal, CLOCK));
  }

  private final class Told implements DeltaStream {
    @Override
    public DeltaEvent next(Duration atMost) {
      DeltaEvent next = events.remove();
      if (next instanceof DeltaEvent.Passed) {
        throw new IllegalStateException("killed here");
      }
      return next;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  private void cutOver() {
    runs.with(BEFORE, "CutoverProcess", plan.id(), "ada", Optional.of("Cutover completed"));
    journal.append(
        BEFORE,
        new Milestone(
            SwitchMilestones.POINT_OF_NO_RETURN,
            "passed",
            Map.of("to", "TARGET", "position", "0-1-9", "positionKind", "MARIADB_GTID")));
  }

  private void approve() {
    journal.append(
        RUN, new Measured("way back: logical", "", FoundByTime.WHAT + ", target: x", "RISK"));
  }

  private Finding instead() {
    return byTime().instead(plan, new LogGoneException(plan.target(), "purged"));
  }

  @Test
  void isARiskThatNamesWhatIsFoundAndWhatIsMissing() {
    cutOver();
    Finding finding = instead();
    assertThat(finding.verdict()).isEqualTo(Verdict.RISK);
    assertThat(finding.found())
        .startsWith("incomplete: deletes and untimed tables are missing")
        .containsSubsequence(
            "All changes are missing of: app.log (no time column)",
            "Rows since 2026-03-01T09:50:00Z are looked for in app.stock (changed)",
            "purged");
  }

  @Test
  void looksFurtherBackWhereTheTargetsClockIsBehind() {
    cutOver();
    clockOfTarget = CUTOVER.minus(Duration.ofMinutes(25));
    assertThat(instead().found()).contains("Rows since 2026-03-01T09:25:00Z");
    clockOfTarget = CUTOVER.plus(Duration.ofMinutes(25));
    assertThat(instead().found()).contains("Rows since 2026-03-01T09:50:00Z");
  }

  @Test
  void isImpossibleWithoutACutoverOrWithoutATimeColumn() {
    assertThat(instead().verdict()).isEqualTo(Verdict.BAD);
    assertThat(instead().found()).contains("no cutover is in the journal");
    cutOver();
    tables = new TimedTables(List.of(), Map.of("app.log", "no time column"));
    assertThat(instead().verdict()).isEqualTo(Verdict.BAD);
    assertThat(instead().found()).contains("name one in delta.tables");
  }

  @Test
  void isNeverDoneWithoutPeopleWhoWereTold() {
    cutOver();
    Findings findings = new Findings(List.of(instead()));
    assertThat(byTime().approvedOnly(RUN, findings).good()).isFalse();
    assertThat(byTime().obstacle(RUN)).get().asString().contains("start it again");
    // what the step itself found and wrote down is no approval
    journal.append(RUN, new Measured(FoundByTime.WHAT, "target", FoundByTime.WHAT, "RISK"));
    assertThat(byTime().obstacle(RUN)).isPresent();

    approve();
    assertThat(byTime().approvedOnly(RUN, findings)).isEqualTo(findings);
    assertThat(byTime().obstacle(RUN)).isEmpty();
  }

  @Test
  void looksForRowsOnceOnly() {
    approve();
    DeltaChoice.IMPORT.choose(journal, RUN);
    assertThat(byTime().obstacle(RUN)).get().asString().contains("cannot be found a second time");
  }

  @Test
  void writesAFileThatSaysItIsIncompleteAlsoAfterAKill() {
    cutOver();
    Path file = folder.resolve("000001.delta");
    events.add(new DeltaEvent.Begin("", place(""), Instant.EPOCH));
    events.add(new DeltaEvent.Found(STOCK, Row.of(new Cell.Text("1"))));
    events.add(new DeltaEvent.Passed(END));
    assertThatThrownBy(() -> extract(file)).hasMessage("killed here");
    assertThat(file).doesNotExist();

    events.add(new DeltaEvent.Begin("", place(""), Instant.EPOCH));
    events.add(new DeltaEvent.Found(STOCK, Row.of(new Cell.Text("1"))));
    events.add(new DeltaEvent.Found(STOCK, Row.of(new Cell.Text("2"))));
    events.add(new DeltaEvent.End(END));
    events.add(new DeltaEvent.Finished(END));
    extract(file);

    assertThat(since).isEqualTo(CUTOVER.minus(Duration.ofMinutes(10)));
    assertThat(new LocalDeltaFiles().check(file, Optional.empty()))
        .isInstanceOfSatisfying(
            Check.Sound.class,
            sound -> {
              assertThat(sound.origin().complete()).isFalse();
              assertThat(sound.end()).isEqualTo(END);
              assertThat(sound.counts().tables())
                  .isEqualTo(Map.of("app.stock", new DeltaCounts.Table(0, 0, 0, 2)));
            });
    assertThat(new CarriedJournal(journal, CLOCK).incomplete(RUN))
        .as("said once, also after the kill")
        .singleElement()
        .asString()
        .contains("app.log");
  }

  private List<String> said() {
    return new CarriedJournal(journal, CLOCK).incomplete(RUN);
  }

  @Test
  void whatIsNoLongerMissingIsNoLongerSaid() {
    cutOver();
    CarriedJournal carried = new CarriedJournal(journal, CLOCK);
    carried.incomplete(RUN, EarlierImports.LEFT_OUT + "run INC-0: 3 changes abandoned", Map.of());
    List<Timed> timed = tables.timed();
    tables = new TimedTables(timed, Map.of("billing.*", "GRANT SELECT ON the schema to it"));
    Path file = folder.resolve("000001.delta");
    events.add(new DeltaEvent.Passed(END));
    assertThatThrownBy(() -> extract(file)).hasMessage("killed here");
    assertThat(said()).hasSize(2).last().asString().contains("billing");

    tables = new TimedTables(timed, Map.of("app.log", "no time column"));
    clockOfTarget = CUTOVER.minus(Duration.ofSeconds(7));
    events.add(new DeltaEvent.Passed(END));
    assertThatThrownBy(() -> extract(file)).hasMessage("killed here");
    assertThat(said())
        .satisfiesExactly(
            other -> assertThat(other).contains("3 changes abandoned"),
            newest -> assertThat(newest).contains("app.log").doesNotContain("billing"));

    tables = new TimedTables(timed, Map.of("billing.*", "GRANT SELECT ON the schema to it"));
    clockOfTarget = CUTOVER;
    events.add(new DeltaEvent.Passed(END));
    assertThatThrownBy(() -> extract(file)).hasMessage("killed here");
    assertThat(said()).as("said again when it is true again").last().asString().contains("billing");
  }

  @Test
  void whatIsMissingInRowsThatAreThereStaysSaid() {
    cutOver();
    Path file = folder.resolve("000001.delta");
    events.add(new DeltaEvent.Begin("", place(""), Instant.EPOCH));
    events.add(new DeltaEvent.Found(STOCK, Row.of(new Cell.Text("1"))));
    events.add(new DeltaEvent.End(END));
    events.add(new DeltaEvent.Passed(END));
    assertThatThrownBy(() -> extract(file)).hasMessage("killed here");

    tables = new TimedTables(tables.timed(), Map.of());
    extract(file);

    assertThat(file).exists();
    assertThat(said()).singleElement().asString().contains("missing of: app.log");
  }

  private void extract(Path file) {
    DeltaOrigin origin =
        new DeltaOrigin(
            "INC-1/000001.delta",
            "routes",
            "target",
            2,
            "",
            "11.8",
            place("0-1-9"),
            Set.of(),
            false);
    byTime().extract(RUN, plan, origin, file, new Quiet());
  }

  @Test
  void isBadWhenTheTargetDoesNotAnswer() {
    cutOver();
    FoundByTime deaf =
        new FoundByTime(
            new TimedRows() {
              @Override
              public TimedTables tables(Node node, Map<String, String> named) {
                throw new NodeException(
                    node, "asking", "no answer", NodeException.Action.WAIT_AND_RETRY);
              }

              @Override
              public Instant now(Node node) {
                return CUTOVER;
              }

              @Override
              public DeltaStream open(Node node, TimedTables chosen, Instant from) {
                throw new AssertionError("not asked");
              }
            },
            new CutoverMark(() -> runs, journal),
            new LocalDeltaFiles(),
            new CarriedJournal(journal, CLOCK));
    Finding finding = deaf.instead(plan, new LogGoneException(plan.target(), "purged"));
    assertThat(finding.verdict()).isEqualTo(Verdict.BAD);
    assertThat(finding.found()).contains("no answer");
  }

  private static final class Quiet implements WorkWatch {
    @Override
    public Cancellation cancellation() {
      return new Cancellation();
    }

    @Override
    public void progress(long done, long of, String unit) {
      // nobody looks
    }

    @Override
    public void mine() {
      // it is
    }
  }
}
