package dev.repli.logical;

import dev.repli.database.NodeException;
import dev.repli.delta.Cell;
import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Place;
import dev.repli.delta.Row;
import dev.repli.delta.TimedRows;
import dev.repli.delta.TimedTables;
import dev.repli.delta.TimedTables.Timed;
import dev.repli.delta.file.LocalDeltaFiles;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.writerswitch.SwitchMilestones;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A target whose rows are found by their times, as a test tells them, and the cutover before. */
final class TimedTarget implements TimedRows {
  static final Instant CUTOVER = Instant.parse("2026-03-01T10:00:00Z");
  static final Clock CLOCK = Clock.fixed(CUTOVER, ZoneOffset.UTC);
  static final List<Timed> TIMED = List.of(new Timed("app", "stock", "changed", true));
  static final Map<String, String> LOG_UNTIMED = Map.of("app.log", "no time column");
  private static final DeltaTable STOCK =
      new DeltaTable(
          "app",
          "stock",
          List.of(new DeltaColumn("id", ColumnKind.INT, false, false, 0, 0, "", List.of(), false)),
          List.of(0));
  private static final RunKey BEFORE = new RunKey("CUT-1");
  private final InMemoryJournal journal = new InMemoryJournal(CLOCK);
  private final FixedRuns runs = new FixedRuns();
  private final Deque<DeltaEvent> events = new ArrayDeque<>();
  private TimedTables tables = new TimedTables(TIMED, LOG_UNTIMED);
  private Instant since = Instant.EPOCH;
  private Instant clock = CUTOVER;
  private boolean silent;

  @Override
  public TimedTables tables(Node node, Map<String, String> named) {
    if (silent) {
      throw new NodeException(node, "asking", "no answer", NodeException.Action.WAIT_AND_RETRY);
    }
    return tables;
  }

  @Override
  public Instant now(Node node) {
    return clock;
  }

  @Override
  public Stream open(Node node, TimedTables chosen, Instant from) {
    since = from;
    return new Told();
  }

  private final class Told implements Stream {
    @Override
    public long total() {
      return events.stream().filter(DeltaEvent.Found.class::isInstance).count();
    }

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

  InMemoryJournal journal() {
    return journal;
  }

  CarriedJournal carried() {
    return new CarriedJournal(journal, CLOCK);
  }

  CutoverMark mark() {
    return new CutoverMark(() -> runs, journal);
  }

  FoundByTime byTime() {
    return new FoundByTime(this, mark(), new LocalDeltaFiles(), carried());
  }

  /** Since when rows were looked for at last. */
  Instant since() {
    return since;
  }

  void clock(Instant now) {
    clock = now;
  }

  void silent() {
    silent = true;
  }

  void has(List<Timed> timed, Map<String, String> untimed) {
    tables = new TimedTables(timed, untimed);
  }

  void cutOver(Plan plan) {
    runs.with(BEFORE, "CutoverProcess", plan.id(), "ada", Optional.of("Cutover completed"));
    journal.append(
        BEFORE,
        new Milestone(
            SwitchMilestones.POINT_OF_NO_RETURN,
            "passed",
            Map.of("to", "TARGET", "position", "0-1-9", "positionKind", "MARIADB_GTID")));
  }

  void approve() {
    journal.append(
        DeltaSamples.RUN,
        new Measured("way back: logical", "", FoundByTime.WHAT + ", target: x", "RISK"));
  }

  void begin() {
    events.add(new DeltaEvent.Begin("", DeltaSamples.place(""), Instant.EPOCH));
  }

  void row(String id) {
    events.add(new DeltaEvent.Found(STOCK, Row.of(new Cell.Text(id))));
  }

  void end(Place at) {
    events.add(new DeltaEvent.End(at));
  }

  void finish(Place at) {
    events.add(new DeltaEvent.Finished(at));
  }

  /** Whoever reads on from here is killed. */
  void kill() {
    events.add(new DeltaEvent.Passed(DeltaSamples.place("")));
  }
}
