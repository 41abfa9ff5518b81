package dev.repli.delta.imports;

import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Found;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.Passed;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Place;
import dev.repli.delta.UnreadableDeltaException;
import dev.repli.delta.imports.ImportSession.Readiness;
import dev.repli.delta.imports.ImportSession.Readiness.NotReady;
import dev.repli.delta.imports.ImportSession.Readiness.Ready;
import dev.repli.delta.imports.Wave.Numbered;
import dev.repli.plan.DeltaRules.Policy;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** What one session does of an import. */
final class ImportRun {
  /** So often others' transactions pass before the place behind them is kept. */
  static final int KEEP_EVERY = 1000;

  private final ImportRequest request;
  private final ImportSession session;
  private final HeldRows held;
  private final ImportObserver observer;
  private final Wave wave = new Wave();
  private final IdentityHashMap<DeltaTable, TargetTable> tables = new IdentityHashMap<>();
  private final TransactionIds ids;

  private Optional<Checkpoint> known;
  private ImportCounts counts;
  private Optional<Place> place;
  private long read;
  private boolean open;
  private boolean inside;
  private boolean goOn = true;

  /** What is committed from here on has no rows. */
  private boolean ending;

  private int transactions;
  private int changes;
  private int passed;

  ImportRun(
      ImportRequest request,
      ImportSession session,
      HeldRows held,
      Optional<Checkpoint> known,
      ImportObserver observer) {
    this.request = request;
    this.session = session;
    this.held = held;
    this.known = known;
    this.observer = observer;
    this.counts = known.map(Checkpoint::counts).orElse(ImportCounts.NONE);
    this.place = known.flatMap(Checkpoint::place);
    this.read = counts.extracted();
    held.beforeKeep(
        () -> session.keepOthersOut(request.id(), this.known),
        () -> session.stillKeepOthersOut(request.id(), this.known));
    this.ids = new TransactionIds(session, known.map(Checkpoint::keepsGtids));
  }

  ImportResult run(DeltaStream stream) {
    Optional<ImportResult> end = Optional.empty();
    while (end.isEmpty()) {
      end = step(stream);
    }
    return end.get();
  }

  private Optional<ImportResult> step(DeltaStream stream) {
    try {
      requireWanted();
      return on(next(stream));
    } catch (Unwanted ended) {
      return Optional.of(cancelled());
    }
  }

  private void requireWanted() {
    if (!observer.wanted()) {
      throw new Unwanted();
    }
  }

  /** Nobody wants the open transaction any more. */
  private static final class Unwanted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private DeltaEvent next(DeltaStream stream) {
    try {
      return stream.next(request.limits().quiet());
    } catch (UnreadableDeltaException unreadable) {
      undo();
      throw unreadable;
    }
  }

  private Optional<ImportResult> on(DeltaEvent event) {
    if (event instanceof RowChange change) {
      return changed(change);
    }
    if (event instanceof Begin begin) {
      begin(begin.gtid());
      inside = true;
    } else if (event instanceof End end) {
      place = Optional.of(end.after());
      inside = false;
      transactions++;
      if (transactions >= request.limits().transactions() || changes >= request.limits().rows()) {
        commit();
      }
    } else if (event instanceof Passed on && !inside) {
      passed(on.after());
    } else if (event instanceof Statement statement) {
      place = Optional.of(statement.before());
      commit();
      commitMissing(statement.before());
      return Optional.of(new ImportResult.StoppedAtStatement(counts, statement));
    } else if (event instanceof Finished finished) {
      finish(finished.at());
      return Optional.of(new ImportResult.Complete(counts, finished.at()));
    }
    if (goOn) {
      lookAgain();
      return Optional.empty();
    }
    return Optional.of(cancelled());
  }

  private ImportResult cancelled() {
    undo();
    return new ImportResult.Cancelled(counts);
  }

  /** Between two transactions nothing is held that Repli's own database does not know yet. */
  private void lookAgain() {
    if (!open && !inside && observer.decided()) {
      held.lookAgain();
    }
  }

  /**
   * An import that has no end may have nothing to commit for days; its place must not stay where
   * the log is long gone.
   */
  private void passed(Place on) {
    place = Optional.of(on);
    commit();
    if (++passed >= KEEP_EVERY) {
      keepPlace(on);
    }
  }

  private void keepPlace(Place on) {
    passed = 0;
    if (known.isEmpty()) {
      return; // an id of the node's own would keep all others from keeping theirs
    }
    if (known.flatMap(Checkpoint::place).map(Place::position).equals(Optional.of(on.position()))) {
      return;
    }
    if (ids.keeps()) {
      commitMissing(on);
    } else {
      session.begin(Optional.empty());
      open = true;
      commit();
    }
  }

  private void begin(String gtid) {
    if (open && ids.separates(gtid)) {
      commit();
    }
    if (!open) {
      session.begin(ids.idFor(gtid));
      open = true;
    }
  }

  private Optional<ImportResult> changed(RowChange change) {
    DeltaTable shape = change.table();
    Optional<Policy> policy = request.policy(shape.fullName());
    if (policy.isEmpty()) {
      return notReady(shape, List.of("nobody has said what happens to its changes"));
    }
    changes++;
    return switch (policy.get()) {
      case ABANDON -> {
        read++;
        counts = counts.plus(ImportCounts.oneAbandoned());
        yield Optional.empty();
      }
      case REVERSE_REPLICATION ->
          notReady(shape, List.of("its changes travel by replication, not by an import"));
      case EXPORT_IMPORT, RECONCILE -> imported(shape, asInsert(change));
    };
  }

  /** Of a row that was found nobody knows what it was before: it may only come, never overwrite. */
  private static RowChange asInsert(RowChange change) {
    return change instanceof Found found ? new Insert(found.table(), found.now()) : change;
  }

  private Optional<ImportResult> imported(DeltaTable shape, RowChange change) {
    TargetTable table = tables.get(shape);
    if (table == null) {
      Readiness readiness = session.readiness(shape);
      if (readiness instanceof NotReady not) {
        return notReady(shape, not.reasons());
      }
      table = ((Ready) readiness).table();
      tables.put(shape, table);
    }
    take(table, new Numbered(++read, change, table.rowsOf(change)));
    return held.size() > request.limits().held() ? Optional.of(tooManyHeld()) : Optional.empty();
  }

  private void take(TargetTable table, Numbered change) {
    if (!wave.takes(table, change)) {
      flush();
    }
    if (held.waits(change)) {
      counts = counts.plus(ImportCounts.oneHeld());
    } else {
      wave.add(table, change);
    }
  }

  private void flush() {
    wave.parts()
        .forEach(
            (part, members) -> {
              List<RowOutcome> outcomes =
                  session.apply(part.table(), members.stream().map(Numbered::change).toList());
              for (int i = 0; i < members.size(); i++) {
                counts = counts.plus(count(members.get(i), outcomes.get(i)));
              }
            });
    wave.clear();
  }

  private ImportCounts count(Numbered change, RowOutcome outcome) {
    if (outcome instanceof RowOutcome.Applied) {
      return ImportCounts.oneApplied();
    }
    if (outcome instanceof RowOutcome.AlreadyThere) {
      return ImportCounts.oneAlreadyThere();
    }
    held.hold(change, outcome);
    return ImportCounts.oneHeld();
  }

  /** Ends the open commit, if there is one. Only between two transactions of the source. */
  private void commit() {
    if (!open) {
      return;
    }
    flush();
    held.keep();
    if (!ending) {
      requireWanted();
    }
    Checkpoint reached = new Checkpoint(place, counts, ids.keeps());
    session.commit(request.id(), known, reached, observer::committing);
    known = Optional.of(reached);
    open = false;
    transactions = 0;
    changes = 0;
    passed = 0;
    goOn = observer.committed(counts);
  }

  private void finish(Place at) {
    place = Optional.of(at);
    if (!open && known.isEmpty()) {
      session.begin(Optional.empty());
      open = true;
    }
    commit();
    commitMissing(at);
  }

  private void commitMissing(Place at) {
    for (String gtid : ids.missing(at)) {
      session.begin(Optional.of(gtid));
      open = true;
      commit();
    }
  }

  /** What the node has is the last commit: the counts are those of it, too. */
  private Optional<ImportResult> notReady(DeltaTable shape, List<String> reasons) {
    undo();
    return Optional.of(new ImportResult.TableNotReady(counts, shape.fullName(), reasons));
  }

  private ImportResult tooManyHeld() {
    ImportCounts seen = counts;
    undo();
    return new ImportResult.TooManyHeld(counts, request.limits().held(), seen);
  }

  /** Ends at the last commit, whose id becomes that of the last transaction in it. */
  private void undo() {
    ending = true;
    wave.clear();
    session.rollback();
    var unused = held.settle(session);
    counts = known.map(Checkpoint::counts).orElse(ImportCounts.NONE);
    open = false;
    place = known.flatMap(Checkpoint::place);
    place.ifPresent(this::commitMissing);
  }
}
