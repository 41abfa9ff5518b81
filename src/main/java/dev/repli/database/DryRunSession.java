package dev.repli.database;

import dev.repli.plan.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One node in a dry run: real looks, under what the acts so far would have changed. */
final class DryRunSession implements NodeSession {
  private static final String EACH_APPLICATION = "<each application session>";
  private static final String DEAD_MAN = "<session of the dead-man's switch>";

  private final NodeSession real;
  private final ActStatements statements;
  private final Consumer<PlannedAct> acts;
  private String lockName = "";
  private boolean armed;
  private Optional<Boolean> fenced = Optional.empty();
  private Optional<Boolean> eventsOn = Optional.empty();
  private Optional<Replication> replication = Optional.empty();
  private Optional<Position> marked = Optional.empty();
  private Optional<Position> markedFor = Optional.empty();
  private final List<String> enabledEvents = new ArrayList<>();

  DryRunSession(NodeSession real, ActStatements statements, Consumer<PlannedAct> acts) {
    this.real = real;
    this.statements = statements;
    this.acts = acts;
  }

  @Override
  public Node node() {
    return real.node();
  }

  @Override
  public Command takeCommand(String name, String installationId) {
    plan(statements.takeCommand(name, installationId));
    lockName = name;
    return new Command.Taken(0);
  }

  @Override
  public boolean holdsCommand() {
    return !lockName.isEmpty();
  }

  @Override
  public Facts look() {
    Facts now = real.look();
    List<String> events = new ArrayList<>(now.enabledEvents());
    enabledEvents.stream().filter(name -> !events.contains(name)).forEach(events::add);
    return new Facts(
        now.version(),
        now.serverId(),
        fenced.orElse(now.readOnly()),
        eventsOn.orElse(now.eventsOn()),
        events,
        now.clock(),
        now.variables());
  }

  @Override
  public boolean isFenced() {
    boolean now = real.isFenced();
    return fenced.orElse(now);
  }

  @Override
  public List<FenceRisk> fenceRisks() {
    return real.fenceRisks();
  }

  @Override
  public List<String> missingPrivileges() {
    return real.missingPrivileges();
  }

  @Override
  public Replication replication() {
    Replication now = real.replication();
    return replication.orElse(now);
  }

  /** The real node goes on writing; behind the fence that was not closed it would stand still. */
  @Override
  public Position position() {
    if (!fenced.orElse(false)) {
      return real.position();
    }
    Position position = marked.orElseGet(real::position);
    marked = Optional.of(position);
    return position;
  }

  @Override
  public Position positionFor(Node replica) {
    if (replica.kind() == node().kind() || !fenced.orElse(false)) {
      return NodeSession.super.positionFor(replica);
    }
    Position position = markedFor.orElseGet(() -> NodeSession.super.positionFor(replica));
    markedFor = Optional.of(position);
    return position;
  }

  @Override
  public Mark mark() {
    Mark now = real.mark();
    if (!fenced.orElse(false)) {
      return now;
    }
    Position standing = marked.orElse(now.second());
    marked = Optional.of(standing);
    return new Mark(standing, now.openTransactions(), standing);
  }

  @Override
  public Standing standing() {
    Standing now = real.standing();
    if (fenced.orElse(false)) {
      marked = Optional.of(marked.orElse(now.position()));
    }
    return new Standing(holdsCommand(), fenced.orElse(now.fenced()), marked.orElse(now.position()));
  }

  @Override
  public CatchUp waitFor(Position position, Duration atMost) {
    boolean pretended = replication.filter(Replication::applying).isPresent();
    return pretended ? new CatchUp.Reached(Duration.ZERO) : real.waitFor(position, atMost);
  }

  @Override
  public void armDeadMan(Duration lease) {
    plan(statements.armDeadMan(lockName, lease, eventsOn.orElseGet(() -> real.look().eventsOn())));
    armed = true;
  }

  @Override
  public void cancelDeadMan() {
    if (armed) {
      plan(statements.cancelDeadMan(lockName, DEAD_MAN));
      armed = false;
    }
  }

  @Override
  public Fence fence(Duration lockWait) {
    plan(statements.fence(lockWait, eventsOn.orElseGet(() -> real.look().eventsOn())));
    eventsOn = Optional.of(false);
    fenced = Optional.of(true);
    return new Fence.Fenced();
  }

  @Override
  public void open() {
    plan(statements.open());
    fenced = Optional.of(false);
    marked = Optional.empty();
    markedFor = Optional.empty();
  }

  @Override
  public void admitImports() {
    plan(statements.admitImports());
  }

  @Override
  public void events(boolean on) {
    if (eventsOn.orElseGet(() -> real.look().eventsOn()) != on) {
      plan(statements.events(on));
      eventsOn = Optional.of(on);
    }
  }

  @Override
  public void enableEvents(List<String> names) {
    if (!names.isEmpty()) {
      Map<String, String> definers = new TreeMap<>();
      names.forEach(name -> definers.put(name, "<its definer>"));
      plan(statements.enableEvents(definers));
      enabledEvents.addAll(names);
    }
  }

  @Override
  public void endSession(long sessionId) {
    plan(statements.endSession(Long.toString(sessionId)));
  }

  @Override
  public List<String> endApplicationSessions() {
    plan(statements.endSession(EACH_APPLICATION));
    return List.of();
  }

  @Override
  public List<Client> clients() {
    return real.clients();
  }

  @Override
  public Canary canary() {
    return new Canary() {
      @Override
      public BinlogEnd end() {
        return real.canary().end();
      }

      @Override
      public void follow(Node other, BinlogEnd from, String replicationPassword) {
        plan(statements.follow(other, from, "***"));
      }

      @Override
      public void unfollow() {
        plan(statements.stopReplication());
        plan(statements.resetReplication());
      }

      @Override
      public void write(String run, String id) {
        plan(statements.writersCanary(run, id));
      }

      @Override
      public void writePastFence(String run, String id) {
        plan(statements.canary(run, id));
      }

      @Override
      public void forget(String run, String id) {
        plan(statements.forgetCanary(run, id));
      }
    };
  }

  @Override
  public List<String> openTransactions() {
    return real.openTransactions();
  }

  @Override
  public boolean persistFence(boolean on) {
    node()
        .fenceFile()
        .ifPresent(file -> plan(List.of((on ? "write " : "delete ") + "option file " + file)));
    return node().fenceFile().isPresent();
  }

  @Override
  public void stopReplication() {
    plan(statements.stopReplication());
    Replication now = replication();
    replication =
        Optional.of(
            new Replication(
                now.configured(), false, false, now.from(), now.sourceServerId(), now.error()));
  }

  @Override
  public void startReplication() {
    plan(statements.startReplication());
    Replication now = replication();
    boolean there = now.configured();
    replication =
        Optional.of(
            new Replication(there, there, there, now.from(), now.sourceServerId(), now.error()));
  }

  @Override
  public void resetReplication() {
    plan(statements.resetReplication());
    replication = Optional.of(new Replication(false, false, false, Optional.empty(), 0, ""));
  }

  @Override
  public void replicateFrom(Node source, String replicationPassword) {
    plan(statements.replicateFrom(source, position(), "***"));
    replication =
        Optional.of(new Replication(true, true, true, Optional.of(source.address()), 0, ""));
  }

  @Override
  public void replicateFrom(Node source, BinlogEnd from, String replicationPassword) {
    NodeSession.super.replicateFrom(source, from, replicationPassword);
    replication =
        Optional.of(new Replication(true, true, true, Optional.of(source.address()), 0, ""));
  }

  @Override
  public void prepareProbe() {
    plan(statements.prepareProbe());
    plan(statements.prepareDeadMan());
  }

  @Override
  public Map<String, ProbeRow> findProbeRows(String run, Optional<String> afterId) {
    return real.findProbeRows(run, afterId);
  }

  @Override
  public void trimProbe(Duration olderThan) {
    plan(statements.trimProbe(olderThan));
  }

  @Override
  public Optional<String> queryText(String sql, Duration atMost) {
    return real.queryText(sql, atMost);
  }

  @Override
  public void close() {
    real.close();
  }

  private void plan(List<String> texts) {
    texts.forEach(text -> acts.accept(new PlannedAct(node().label(), text)));
  }
}
