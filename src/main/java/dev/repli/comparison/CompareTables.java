package dev.repli.comparison;

import dev.repli.comparison.ComparisonStore.Stored;
import dev.repli.database.Position;
import dev.repli.plan.Node;
import dev.repli.plan.PlanId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Compares table by table, and keeps what it found as it goes. */
public final class CompareTables implements TableComparison {
  private final ComparedNodes nodes;
  private final ComparisonStore store;
  private final ComparisonLimits limits;
  private final Clock clock;
  private final LongSupplier nanos;

  public CompareTables(
      ComparedNodes nodes,
      ComparisonStore store,
      ComparisonLimits limits,
      Clock clock,
      LongSupplier nanos) {
    this.nodes = nodes;
    this.store = store;
    this.limits = limits;
    this.clock = clock;
    this.nanos = nanos;
  }

  @Override
  public ComparisonResult compare(ComparisonRequest request, BooleanSupplier wanted) {
    store.begin(request, clock.instant());
    Stored before = store.find(request.id()).orElseThrow();
    if (before.endedAt().isPresent()) {
      return result(request, before.endedAt().get(), before.tables());
    }
    ExecutorService ahead = Executors.newSingleThreadExecutor(CompareTables::thread);
    try (ComparedNode from = nodes.open(request.plan().node(request.from()));
        ComparedNode to = nodes.open(request.plan().node(request.to()))) {
      return compare(request, from, to, ahead, wanted);
    } finally {
      ahead.shutdown();
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "comparison-ahead");
    thread.setDaemon(true);
    return thread;
  }

  private ComparisonResult compare(
      ComparisonRequest request,
      ComparedNode from,
      ComparedNode to,
      Executor ahead,
      BooleanSupplier wanted) {
    List<TableName> tables = tables(request.tables(), from, to);
    store.tables(request.id(), tables);
    Optional<Position.Kind> kind = to.follows();
    if (kind.isEmpty()) {
      String why = "the " + request.to().word() + " does not replicate, so that no position tells";
      return result(
          request,
          clock.instant(),
          tables.stream().map(table -> TableResult.undecided(table, why)).toList());
    }
    Stamps stamps = new Stamps(from, to, kind.get(), limits);
    Map<TableName, TableResult> known =
        store.find(request.id()).orElseThrow().tables().stream()
            .filter(table -> table.verdict() != Verdict.UNDECIDED)
            .collect(Collectors.toMap(TableResult::table, table -> table));
    List<TableResult> results = new ArrayList<>(hidden(request.tables(), from, to));
    TableRun run = new TableRun(from, to, stamps, limits, nanos, ahead);
    for (TableName table : tables) {
      results.add(
          known.containsKey(table)
              ? known.get(table)
              : compareOrStop(request.id(), run, table, wanted));
    }
    ComparisonResult result = result(request, clock.instant(), results);
    if (results.stream().noneMatch(table -> table.verdict() == Verdict.UNDECIDED)) {
      store.ended(request.id(), result.endedAt());
    }
    return result;
  }

  /** Nobody wants it any more. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private TableResult compareOrStop(
      ComparisonId id, TableRun run, TableName table, BooleanSupplier wanted) {
    try {
      return wanted.getAsBoolean() ? compare(id, run, table, wanted) : stopped(table);
    } catch (Stopped e) {
      return stopped(table);
    }
  }

  private static TableResult stopped(TableName table) {
    return TableResult.undecided(table, "stopped, since nobody waited for it any more");
  }

  private TableResult compare(
      ComparisonId id, TableRun run, TableName table, BooleanSupplier wanted) {
    TableResult result =
        run.compare(
            table,
            store.partial(id, table),
            (soFar, found) -> {
              store.compared(id, table, soFar, found);
              if (!wanted.getAsBoolean()) {
                throw new Stopped();
              }
            });
    store.decided(id, result);
    return result;
  }

  private static List<TableName> tables(
      TableSelection selection, ComparedNode from, ComparedNode to) {
    if (selection instanceof TableSelection.Only only) {
      return only.tables().stream().sorted().distinct().toList();
    }
    TreeSet<TableName> all = new TreeSet<>(from.tables());
    all.addAll(to.tables());
    return List.copyOf(all);
  }

  /** What the account cannot read is not equal, it is unknown. */
  private static List<TableResult> hidden(
      TableSelection selection, ComparedNode from, ComparedNode to) {
    if (selection instanceof TableSelection.Only) {
      return List.of();
    }
    List<TableResult> hidden = new ArrayList<>();
    for (ComparedNode node : List.of(from, to)) {
      for (String schema : node.hiddenSchemas()) {
        String why =
            "%s: Repli's account %s may not read this schema; GRANT SELECT ON `%s`.* to it"
                .formatted(node.node().label(), node.node().account().user(), schema);
        hidden.add(TableResult.undecided(new TableName(schema, "*"), why));
      }
    }
    return hidden;
  }

  private ComparisonResult result(
      ComparisonRequest request, Instant endedAt, List<TableResult> tables) {
    Stored stored = store.find(request.id()).orElseThrow();
    return new ComparisonResult(
        request.id(),
        request.plan().id(),
        request.from(),
        request.to(),
        stored.startedAt(),
        endedAt,
        tables);
  }

  @Override
  public Optional<ComparisonResult> newest(PlanId plan, Node.Role from, Node.Role to) {
    return store.newest(plan, from, to);
  }

  @Override
  public Optional<Progress> progress(ComparisonId id) {
    return store.progress(id);
  }
}
