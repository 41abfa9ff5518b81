package dev.repli.logical;

import dev.repli.database.FakeDatabase;
import dev.repli.database.NodeException;
import dev.repli.database.Position;
import dev.repli.database.VirtualTime;
import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaServer;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.InTheWayException;
import dev.repli.delta.UnreadableDeltaException;
import dev.repli.delta.file.LocalDeltaFiles;
import dev.repli.delta.imports.ImportLook;
import dev.repli.journal.InMemoryJournal;
import dev.repli.logical.DeltaPace.Leg;
import dev.repli.plan.Checks;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.reversibility.WayBack;
import dev.repli.rollback.SampleLooks;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two MariaDBs in memory behind a cutover, and the look whether the logical way is open. */
final class CheckedSource {
  final FakeDatabase database = new FakeDatabase(new VirtualTime());
  final InMemoryJournal journal = new InMemoryJournal();
  final FixedRuns runs = new FixedRuns();
  final CarriedJournal carried = new CarriedJournal(journal, new VirtualTime());
  final InMemoryDeltaPace pace = new InMemoryDeltaPace();
  Plan plan = SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));

  ImportLook.Seen imports = new ImportLook.Seen(List.of(), Map.of());

  /** By {@code schema.table}. */
  Map<String, List<String>> ofSource = Map.of();

  Map<String, List<String>> ofTarget = Map.of();

  /** Nobody logs in by this name. */
  String unknown = "";

  CheckedSource() {
    database.writerIs(Node.Role.TARGET);
    database
        .target()
        .answer("SELECT @@GLOBAL.log_bin", "1")
        .answer("SELECT @@GLOBAL.binlog_format", "ROW")
        .answer("SELECT @@GLOBAL.binlog_row_image", "FULL");
  }

  WayBack measure() {
    return new LogicalWay(check(), new LogicalTime(pace)).measure(plan);
  }

  CheckSource check() {
    CutoverMark mark = new CutoverMark(() -> runs, journal);
    return new CheckSource(
        SampleLooks.at(database),
        mark,
        new WholeLog(),
        new FoundByTime(new NoTimes(), mark, new LocalDeltaFiles(), carried),
        new EarlierImports(mark, carried),
        carried,
        new CheckImport(
            (node, account) -> {
              if (account.user().equals(unknown)) {
                throw new NodeException(
                    node, "logging in", "access denied", NodeException.Action.CORRECT_INPUT);
              }
              return imports;
            },
            (node, account) -> node.role() == Node.Role.SOURCE ? ofSource : ofTarget),
        SampleLooks.writingInto(journal));
  }

  /** An earlier rollback brought a delta over. */
  void carried(long changes, long transactions, Duration read, Duration imported) {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    RunKey run = new RunKey("INC-0");
    pace.keep(new Leg(plan.id(), DeltaPart.EXTRACT, run, changes, transactions, read, noon));
    pace.keep(new Leg(plan.id(), DeltaPart.IMPORT, run, changes, 0, imported, noon));
  }

  /** An earlier rollback came to it. */
  void unreadable(String gtid, String table) {
    RunKey run = new RunKey("INC-0");
    runs.with(run, "RollbackProcess", plan.id(), "op1", Optional.of("Rollback cancelled"));
    String why = "rows of " + table + " cannot be read exactly";
    new UnreadableInLog(journal)
        .met(run, new InTheWayException(gtid, table, new UnreadableDeltaException(why)));
  }

  void sourceHasOneTransaction() {
    database.target().writeRegardless("shop", "order-1");
    database.source().writeRegardless("shop", "order-1");
  }

  /** Nothing was purged. */
  private static final class WholeLog implements DeltaSource {
    @Override
    public DeltaStream open(Node node, DeltaRange range) {
      throw new UnsupportedOperationException("nobody reads the log only to look");
    }

    @Override
    public void requireLog(Node node, Position from) {
      // it is there
    }

    @Override
    public DeltaServer server(Node node) {
      throw new UnsupportedOperationException("nobody reads the log only to look");
    }
  }
}
