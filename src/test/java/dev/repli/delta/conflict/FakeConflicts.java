package dev.repli.delta.conflict;

import dev.repli.database.NodeException;
import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.HeldChange;
import dev.repli.delta.imports.HeldChange.Kind;
import dev.repli.delta.imports.History;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportSession.Readiness;
import dev.repli.delta.imports.RowOutcome;
import dev.repli.delta.imports.TargetTable;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import dev.repli.run.RunKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** One import's conflicts, its node and its register in memory: one update of each row is held. */
public final class FakeConflicts implements HeldGroups, ConflictNode, ConflictCases, ConflictRules {
  /** The node's rows. */
  public final Map<Integer, Row> rows = new TreeMap<>();

  /** What the node says instead of an answer, as long as it is not empty. */
  public String failure = "";

  /** Called before Repli marks a decision that the node has. */
  public Runnable beforeMark = () -> {};

  /** Called when a conflict was looked at and is about to be decided. */
  public Runnable beforeDecision = () -> {};

  private final Map<Long, Update> held = new TreeMap<>();
  private final Map<Long, Decision> marked = new TreeMap<>();
  private final List<Decision> decidedOnNode = new ArrayList<>();
  private final Map<RunKey, Known> cases = new ConcurrentHashMap<>();
  private final Map<String, ConflictRule> rules = new TreeMap<>();

  /** Row {@code id} was changed by both sides. */
  public FakeConflicts hold(int id, Row source, Row before, Row after) {
    rows.put(id, source);
    held.put(held.size() + 1L, new Update(History.THINGS, before, after));
    return this;
  }

  /** So many rows, with the target's as the newer in every second. */
  public static FakeConflicts of(int conflicts) {
    FakeConflicts made = new FakeConflicts();
    for (int id = 1; id <= conflicts; id++) {
      made.hold(
          id,
          History.row(id, "source", 5),
          History.row(id, "before", 1),
          History.row(id, "target", id % 2 == 0 ? 9 : 1));
    }
    return made;
  }

  @Override
  public List<HeldGroup> page(
      ImportId id, State state, Optional<String> table, long after, long upTo, int most) {
    return held.keySet().stream()
        .filter(group -> group > after && group <= upTo)
        .filter(group -> state(group) == state)
        .filter(group -> table.isEmpty() || table.get().equals(History.THINGS.fullName()))
        .limit(most)
        .map(this::group)
        .toList();
  }

  private State state(long group) {
    Decision decision = marked.get(group);
    return decision == null
        ? State.OPEN
        : decision.answer() == Answer.DEAD_LETTER ? State.DEAD_LETTERED : State.RESOLVED;
  }

  private HeldGroup group(long group) {
    return new HeldGroup(
        group,
        group,
        1,
        Kind.CONFLICT,
        History.THINGS.fullName(),
        "",
        Optional.ofNullable(marked.get(group)));
  }

  @Override
  public Optional<HeldGroup> open(ImportId id, long group, long upTo) {
    return Optional.of(group)
        .filter(held::containsKey)
        .filter(one -> one <= upTo && !marked.containsKey(one))
        .map(this::group);
  }

  @Override
  public Optional<Decision> newest(ImportId id, long group) {
    return Optional.ofNullable(marked.get(group));
  }

  @Override
  public List<HeldChange> changes(ImportId id, HeldGroup group, long after, int most) {
    Update change = held.get(group.group());
    return change == null || group.group() <= after
        ? List.of()
        : List.of(
            new HeldChange(
                group.group(),
                group.group(),
                Kind.CONFLICT,
                change,
                Set.of(),
                Optional.empty(),
                ""));
  }

  @Override
  public void decided(ImportId id, Decision decision) {
    beforeMark.run();
    marked.putIfAbsent(decision.group(), decision);
  }

  @Override
  public List<TableCount> tables(ImportId id) {
    long dead = count(State.DEAD_LETTERED);
    return List.of(
        new TableCount(
            History.THINGS.fullName(),
            new ConflictCounts(held.size(), count(State.OPEN), count(State.RESOLVED), dead)));
  }

  private long count(State state) {
    return held.keySet().stream().filter(group -> state(group) == state).count();
  }

  @Override
  public void open(Known known) {
    cases.put(known.run(), known);
  }

  @Override
  public Optional<Known> of(RunKey run) {
    return Optional.ofNullable(cases.get(run));
  }

  @Override
  public void propose(ConflictRule rule) {
    rules.put(rule.id(), rule);
  }

  @Override
  public Optional<ConflictRule> find(String id) {
    return Optional.ofNullable(rules.get(id));
  }

  @Override
  public List<ConflictRule> ofRun(RunKey run) {
    return rules.values().stream().filter(rule -> rule.run().equals(run)).toList();
  }

  /** How often the node was written for a decision. */
  public int decisionsOnNode() {
    return decidedOnNode.size();
  }

  @Override
  public ConflictSession open(Node node, Account account) {
    if (!failure.isEmpty()) {
      throw new NodeException(node, "connecting", failure, NodeException.Action.WAIT_AND_RETRY);
    }
    return new Session();
  }

  private final class Session implements ConflictSession {
    private Map<Integer, Row> mine = new TreeMap<>(rows);

    @Override
    public Optional<Checkpoint> checkpoint(ImportId id) {
      long all = held.size();
      return Optional.of(
          new Checkpoint(Optional.empty(), new ImportCounts(all, 0, 0, 0, all), false));
    }

    @Override
    public List<Decision> decisions(ImportId id) {
      return List.copyOf(decidedOnNode);
    }

    @Override
    public long decidedThrough(ImportId id, long group) {
      beforeDecision.run();
      return decidedOnNode.stream()
          .filter(decision -> decision.group() == group)
          .mapToLong(Decision::through)
          .max()
          .orElse(0);
    }

    @Override
    public Readiness readiness(DeltaTable table) {
      return new Readiness.Ready(new TargetTable(table, table.primaryKey(), true));
    }

    @Override
    public void begin() {
      mine = new TreeMap<>(rows);
    }

    @Override
    public Optional<Row> find(TargetTable table, Row like) {
      return Optional.ofNullable(mine.get(History.key(like)));
    }

    @Override
    public RowOutcome apply(TargetTable table, RowChange change) {
      if (change instanceof Update update) {
        mine.put(History.key(update.after()), update.after());
      } else if (change instanceof Insert insert) {
        mine.put(History.key(insert.after()), insert.after());
      } else if (change instanceof Delete delete) {
        mine.remove(History.key(delete.before()));
      }
      return RowOutcome.APPLIED;
    }

    @Override
    public String statement(TargetTable table, RowChange change) {
      return change.getClass().getSimpleName() + " of " + table.shape().fullName();
    }

    @Override
    public void commit(ImportId id, Decision decision) {
      decidedOnNode.add(decision);
      rows.clear();
      rows.putAll(mine);
    }

    @Override
    public void rollback() {
      mine = new TreeMap<>(rows);
    }

    @Override
    public void close() {}
  }
}
