package dev.repli.delta.imports;

import dev.repli.database.NodeException;
import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A node in memory whose transactions are kept or lost as a whole, and whose answers get lost. */
public final class FakeImportTarget implements ImportTarget {
  public final Map<Integer, Row> rows;
  public final Map<ImportId, Checkpoint> checkpoints = new HashMap<>();
  public final List<String> refusedTables = new ArrayList<>();
  public int commits;
  int sessions;
  private int restarts;

  /** GTID of the last commit; empty while no commit had one. */
  Optional<String> lastId = Optional.empty();

  /** One in so many calls fails; 0 for none. */
  public int failing;

  /** Rows that no statement may touch, as a foreign key would have it. */
  final List<Integer> refusedKeys = new ArrayList<>();

  private final Random random;

  /** Has locked how far an import is; others would wait, and fail here. */
  private @Nullable Session locker;

  public FakeImportTarget(Map<Integer, Row> rows, long seed) {
    this.rows = new TreeMap<>(rows);
    this.random = new Random(seed);
  }

  @Override
  public ImportSession open(Node node, Account account) {
    sessions++;
    return new Session(node);
  }

  /** Ends all sessions, and with them what they have locked. */
  void restart() {
    restarts++;
    locker = null;
  }

  private final class Session implements ImportSession {
    private final Node node;
    private final int since = restarts;
    private Map<Integer, Row> mine = new TreeMap<>(rows);
    private Optional<String> myId = Optional.empty();

    Session(Node node) {
      this.node = node;
    }

    private void mayFail() {
      if (since < restarts || (failing > 0 && random.nextInt(failing) == 0)) {
        throw new NodeException(
            node, "importing", "connection lost", NodeException.Action.WAIT_AND_RETRY);
      }
    }

    private void lock() {
      if (locker != null && locker != this) {
        throw new NodeException(
            node, "importing", "lock wait timeout", NodeException.Action.WAIT_AND_RETRY);
      }
      locker = this;
    }

    private void unlock() {
      locker = locker == this ? null : locker;
    }

    @Override
    public Optional<Checkpoint> lockedCheckpoint(ImportId id) {
      Optional<Checkpoint> found = checkpoint(id);
      lock();
      return found;
    }

    @Override
    public Optional<Checkpoint> checkpoint(ImportId id) {
      mayFail();
      return Optional.ofNullable(checkpoints.get(id));
    }

    @Override
    public Readiness readiness(DeltaTable table) {
      return refusedTables.contains(table.fullName())
          ? new Readiness.NotReady(List.of("it has triggers"))
          : new Readiness.Ready(new TargetTable(table, table.primaryKey(), true));
    }

    @Override
    public boolean canKeep(String gtid) {
      return number(gtid) > lastId.map(Session::number).orElse(0L);
    }

    private static long number(String gtid) {
      return Long.parseLong(gtid.substring(gtid.lastIndexOf('-') + 1));
    }

    @Override
    public void begin(Optional<String> gtid) {
      mayFail();
      mine = new TreeMap<>(rows);
      myId = gtid;
    }

    @Override
    public List<RowOutcome> apply(TargetTable table, List<? extends RowChange> changes) {
      mayFail();
      List<RowOutcome> outcomes = new ArrayList<>();
      changes.forEach(change -> outcomes.add(apply(change)));
      return outcomes;
    }

    private RowOutcome apply(RowChange change) {
      Optional<Row> before =
          change instanceof Update update
              ? Optional.of(update.before())
              : change instanceof Delete delete ? Optional.of(delete.before()) : Optional.empty();
      Optional<Row> after =
          change instanceof Update update
              ? Optional.of(update.after())
              : change instanceof Insert insert ? Optional.of(insert.after()) : Optional.empty();
      Optional<Row> now = before.or(() -> after).map(row -> mine.get(History.key(row)));
      Optional<Row> later = after.map(row -> mine.get(History.key(row)));
      boolean moves =
          before.isPresent()
              && after.isPresent()
              && History.key(before.get()) != History.key(after.get());
      if (now.equals(before) && (!moves || later.isEmpty())) {
        return written(before, after);
      }
      if (moves ? now.isEmpty() && later.equals(after) : later.equals(after) && now.equals(after)) {
        return RowOutcome.ALREADY_THERE;
      }
      return now.equals(before)
          ? new RowOutcome.Refused("duplicate")
          : new RowOutcome.Conflict(now);
    }

    private RowOutcome written(Optional<Row> before, Optional<Row> after) {
      if (after.map(History::key).filter(refusedKeys::contains).isPresent()) {
        return new RowOutcome.Refused("a parent row is missing");
      }
      before.ifPresent(row -> mine.remove(History.key(row)));
      after.ifPresent(row -> mine.put(History.key(row), row));
      return RowOutcome.APPLIED;
    }

    @Override
    public void keepOthersOut(ImportId id, Optional<Checkpoint> known) {
      mayFail();
      lock();
      if (!Optional.ofNullable(checkpoints.get(id)).equals(known)) {
        throw new ImportException("another session");
      }
    }

    @Override
    public void commit(
        ImportId id, Optional<Checkpoint> known, Checkpoint reached, Runnable lastLook) {
      mayFail();
      lock();
      if (!Optional.ofNullable(checkpoints.get(id)).equals(known)) {
        throw new ImportException("another session");
      }
      lastLook.run();
      rows.clear();
      rows.putAll(mine);
      checkpoints.put(id, reached);
      commits++;
      lastId = myId.or(() -> lastId);
      unlock();
      mayFail();
    }

    @Override
    public void rollback() {
      mine = new TreeMap<>(rows);
      unlock();
    }

    @Override
    public void close() {
      unlock();
    }
  }
}
