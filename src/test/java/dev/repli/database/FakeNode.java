package dev.repli.database;

import dev.repli.database.NodeSession.Client;
import dev.repli.database.NodeSession.Fence;
import dev.repli.database.NodeSession.FenceRisk;
import dev.repli.database.NodeSession.ProbeRow;
import dev.repli.plan.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One server in memory: a history of writes, a fence, a scheduler of events, locks, and replication
 * from another such node. Everything a test may do to it is public here; what Repli does to it goes
 * through {@link FakeSession}.
 */
public final class FakeNode {
  /** One committed write. {@code origin} is the server id of the node that acknowledged it. */
  public record Write(long sequence, long origin, String run, String id, Instant at) {}

  final VirtualTime time;
  final List<Write> history = new ArrayList<>();
  private final Set<String> forgotten = new HashSet<>();
  final Map<String, FakeSession> locks = new HashMap<>();
  final Set<DeadMan> deadMen = new LinkedHashSet<>();
  final Set<FakeSession> sessions = new LinkedHashSet<>();
  final FakeReplication replication;
  final List<String> acts = new ArrayList<>();
  final Map<String, String> settings =
      new HashMap<>(Map.of("log_bin", "ON", "binlog_format", "ROW", "gtid_strict_mode", "ON"));

  private final Node node;
  private final long serverId;
  private final Map<String, Deque<Script>> scripts = new HashMap<>();
  private final Deque<List<Fence.Blocker>> blockers = new ArrayDeque<>();
  private final List<FenceRisk> risks = new ArrayList<>();
  private final List<String> missingPrivileges = new ArrayList<>();
  private final List<String> openTransactions = new ArrayList<>();
  private final List<String> applicationSessions = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private boolean stubborn;
  private final Map<String, String> answers = new HashMap<>();
  private final List<String> enabledEvents = new ArrayList<>();
  private Consumer<Boolean> onFenceChange = fenced -> {};
  private boolean readOnly;
  private boolean readOnlyAfterRestart;
  private boolean eventsOn = true;
  private boolean down;
  private boolean probePrepared;

  /** The node opens itself when it falls due, unless it was ended before. */
  record DeadMan(String lockName, Instant due, boolean eventsOn) {}

  private record Script(boolean before, Optional<NodeException> failure, Runnable what) {}

  FakeNode(Node node, long serverId, VirtualTime time) {
    this.node = node;
    this.serverId = serverId;
    this.time = time;
    this.replication = new FakeReplication(this);
  }

  // ---- what a test does ----

  public Node node() {
    return node;
  }

  public long serverId() {
    return serverId;
  }

  /** The next call of this method of the session fails and has no effect. */
  public FakeNode failOn(String method) {
    return script(method, true, Optional.of(failure(method, "scripted failure")), () -> {});
  }

  /** The next call of this method has its effect, but its answer is lost. */
  public FakeNode loseAnswerOf(String method) {
    return script(method, false, Optional.of(failure(method, "answer lost")), () -> {});
  }

  /** Runs right before the next call of this method. */
  public FakeNode before(String method, Runnable what) {
    return script(method, true, Optional.empty(), what);
  }

  /** Runs right after the effect of the next call of this method. */
  public FakeNode after(String method, Runnable what) {
    return script(method, false, Optional.empty(), what);
  }

  /** The next attempt to fence finds these in the way; several calls queue up. */
  public FakeNode block(List<Fence.Blocker> found) {
    blockers.add(List.copyOf(found));
    return this;
  }

  public FakeNode risk(FenceRisk risk) {
    risks.add(risk);
    return this;
  }

  public FakeNode lackPrivilege(String privilege) {
    missingPrivileges.add(privilege);
    return this;
  }

  public FakeNode openTransaction(String who) {
    openTransactions.add(who);
    return this;
  }

  public FakeNode applicationSession(String who) {
    applicationSessions.add(who);
    return this;
  }

  /** A session that {@link NodeSession#clients} shows until it is ended. */
  public FakeNode client(String user, String host) {
    clients.add(new Client(clients.size() + 1L, user, host, Duration.ZERO, "Sleep"));
    return this;
  }

  /** Whoever is ended comes back at once, or no more. */
  public FakeNode clientsComeBack(boolean on) {
    stubborn = on;
    return this;
  }

  public FakeNode noClients() {
    clients.clear();
    return this;
  }

  public FakeNode noOpenTransactions() {
    openTransactions.clear();
    risks.clear();
    return this;
  }

  public FakeNode enabledEvent(String name) {
    enabledEvents.add(name);
    return this;
  }

  /** What {@link NodeSession#queryText} answers to this text. */
  public FakeNode answer(String sql, String value) {
    answers.put(sql, value);
    return this;
  }

  /** A variable of the server, as {@link NodeSession#look} shows it. */
  public FakeNode setting(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /** Told whenever the fence closes (true) or opens (false); for invariant checks. */
  public void onFenceChange(Consumer<Boolean> listener) {
    onFenceChange = listener;
  }

  public FakeNode readOnly(boolean on) {
    if (readOnly != on) {
      readOnly = on;
      onFenceChange.accept(on);
    }
    return this;
  }

  public boolean readOnly() {
    return readOnly;
  }

  public boolean eventsOn() {
    return eventsOn;
  }

  public FakeNode eventsOn(boolean on) {
    eventsOn = on;
    return this;
  }

  public boolean deadManArmed() {
    return !deadMen.isEmpty();
  }

  public boolean accepts() {
    return !down && !readOnly;
  }

  public FakeReplication replication() {
    return replication;
  }

  /** A write past the fence, as an account with READ ONLY ADMIN can do it. */
  public void writeRegardless(String run, String id) {
    commit(run, id);
  }

  /** The row is gone; its transaction stays in the history. */
  void forget(String id) {
    forgotten.add(id);
  }

  /** {@code kill -9}: sessions and their dead-man's switches die with the server. */
  public void crash() {
    down = true;
    endAllSessions();
    deadMen.clear();
  }

  /** Comes back as its option file says, its history kept, replication running as before. */
  public void restart() {
    down = false;
    readOnly(readOnlyAfterRestart);
    eventsOn = true;
  }

  public boolean down() {
    return down;
  }

  /** Every session of Repli here dies, as after {@code kill -9} of Repli. */
  public void endAllSessions() {
    List.copyOf(sessions).forEach(FakeSession::die);
  }

  /** Names of the acts that sessions did here, in order. */
  public List<String> acts() {
    return List.copyOf(acts);
  }

  public List<Write> history() {
    return List.copyOf(history);
  }

  public boolean persistedFence() {
    return readOnlyAfterRestart;
  }

  // ---- what sessions ask ----

  void enter(String method) {
    if (down) {
      throw failure(method, "the server does not answer");
    }
    play(method, true);
  }

  void leave(String method) {
    play(method, false);
  }

  Optional<List<Fence.Blocker>> nextBlockers() {
    return Optional.ofNullable(blockers.poll());
  }

  List<FenceRisk> risks() {
    return List.copyOf(risks);
  }

  List<String> missingPrivileges() {
    return List.copyOf(missingPrivileges);
  }

  List<String> openTransactions() {
    return List.copyOf(openTransactions);
  }

  List<String> endApplicationSessions() {
    List<String> ended = List.copyOf(applicationSessions);
    applicationSessions.clear();
    return ended;
  }

  List<Client> clients() {
    return List.copyOf(clients);
  }

  /** It stays where a test says that it comes back at once. */
  void endClient(long sessionId) {
    clients.removeIf(client -> client.sessionId() == sessionId && !stubborn);
  }

  List<String> enabledEvents() {
    return List.copyOf(enabledEvents);
  }

  void addEnabledEvents(List<String> names) {
    names.stream().filter(name -> !enabledEvents.contains(name)).forEach(enabledEvents::add);
  }

  Optional<String> answerTo(String sql) {
    return Optional.ofNullable(answers.get(sql));
  }

  void persistFence(boolean fenced) {
    readOnlyAfterRestart = fenced;
  }

  void prepareProbe() {
    probePrepared = true;
  }

  ProbeConnection.Ack accept(String run, String id) {
    if (down) {
      return new ProbeConnection.Ack.Unknown("the server does not answer");
    }
    if (readOnly) {
      return new ProbeConnection.Ack.Refused(1290, "running with the --read-only option");
    }
    if (!probePrepared && !replication.sourceHasProbe()) {
      return new ProbeConnection.Ack.Refused(1146, "Table 'repli_probe.probe_write' doesn't exist");
    }
    commit(run, id);
    return new ProbeConnection.Ack.Acknowledged();
  }

  boolean probePrepared() {
    return probePrepared;
  }

  public Position position() {
    String value = history.isEmpty() ? "" : "0-" + last().origin() + "-" + last().sequence();
    return new Position(Position.Kind.MARIADB_GTID, value);
  }

  boolean reached(Position position) {
    replication.pull();
    if (position.kind() == Position.Kind.BINLOG_FILE) {
      return history.size() >= BinlogEnd.of(position).offset();
    }
    return position.value().isEmpty()
        || history.stream()
            .anyMatch(w -> position.value().equals("0-" + w.origin() + "-" + w.sequence()));
  }

  Map<String, ProbeRow> probeRows(String run, Optional<String> afterId) {
    replication.pull();
    Map<String, ProbeRow> rows = new TreeMap<>();
    for (Write write : history) {
      if (write.run().equals(run)
          && !forgotten.contains(write.id())
          && afterId.map(a -> write.id().compareTo(a) > 0).orElse(true)) {
        rows.merge(
            write.id(),
            new ProbeRow(1, write.origin()),
            (a, b) -> new ProbeRow(a.count() + b.count(), a.serverId()));
      }
    }
    return rows;
  }

  void trim(Duration olderThan) {
    Instant bound = time.instant().minus(olderThan);
    history.removeIf(w -> !w.equals(last()) && w.at().isBefore(bound));
  }

  void arm(DeadMan deadMan) {
    deadMen.add(deadMan);
    time.at(
        deadMan.due(),
        () -> {
          if (deadMen.remove(deadMan)) {
            readOnly(false);
            eventsOn = eventsOn || deadMan.eventsOn();
          }
        });
  }

  NodeException failure(String doing, String why) {
    return new NodeException(node, doing, why, NodeException.Action.WAIT_AND_RETRY);
  }

  private void commit(String run, String id) {
    long next = history.isEmpty() ? 1 : last().sequence() + 1;
    history.add(new Write(next, serverId, run, id, time.instant()));
  }

  private Write last() {
    return history.get(history.size() - 1);
  }

  private FakeNode script(
      String method, boolean before, Optional<NodeException> failure, Runnable what) {
    scripts
        .computeIfAbsent(method + before, m -> new ArrayDeque<>())
        .add(new Script(before, failure, what));
    return this;
  }

  private void play(String method, boolean before) {
    Deque<Script> queue = scripts.get(method + before);
    @Nullable Script next = queue == null ? null : queue.poll();
    if (next != null) {
      next.what().run();
      next.failure()
          .ifPresent(
              f -> {
                throw f;
              });
    }
  }
}
