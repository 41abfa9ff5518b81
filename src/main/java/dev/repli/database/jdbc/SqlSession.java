package dev.repli.database.jdbc;

import dev.repli.database.ActLog;
import dev.repli.database.Canary;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The connections of a commander, split by what is asked of them. */
final class SqlSession implements NodeSession {
  private static final String FENCE_FILE =
      """
      # written by Repli: this node is fenced, another one is the writer
      [%s]
      %s=ON
      event_scheduler=OFF
      """;

  private final Dialect dialect;
  private final SqlLink control;
  private final Supplier<SqlLink> spare;
  private final CommandLock command;
  private final DeadManSwitch deadMan;
  private final OtherSessions sessions;
  private final ServerFence fence;
  private final GtidReplication replication;
  private final ServerLooks looks;
  private final ProbeTable probe;
  private final SqlCanary canary;

  SqlSession(
      SqlLink control, SqlLink sleeper, Supplier<SqlLink> spare, Dialect dialect, ActLog log) {
    this.control = control;
    this.spare = spare;
    this.dialect = dialect;
    command = new CommandLock(control, dialect.acts());
    deadMan = new DeadManSwitch(control, sleeper, dialect.acts(), log);
    sessions = new OtherSessions(control, dialect);
    fence = new ServerFence(control, dialect, sessions);
    replication = new GtidReplication(control, dialect);
    looks = dialect.looks().apply(control);
    probe = new ProbeTable(control, dialect.acts());
    canary = new SqlCanary(control, dialect, replication, probe);
  }

  @Override
  public Node node() {
    return control.node();
  }

  @Override
  public Command takeCommand(String lockName, String installationId) {
    Command command = this.command.take(lockName, installationId);
    if (command instanceof Command.Taken) {
      deadMan.keepSpare(spare);
    }
    return command;
  }

  @Override
  public boolean holdsCommand() {
    return command.holds();
  }

  @Override
  public Facts look() {
    return looks.look();
  }

  @Override
  public boolean isFenced() {
    return fence.isFenced();
  }

  @Override
  public List<FenceRisk> fenceRisks() {
    return looks.fenceRisks();
  }

  @Override
  public List<String> missingPrivileges() {
    return looks.missingPrivileges();
  }

  @Override
  public Replication replication() {
    return replication.look();
  }

  @Override
  public Position position() {
    return replication.position();
  }

  @Override
  public Mark mark() {
    List<List<String>> seen =
        control.texts(
            "marking the last position",
            dialect.block(),
            List.of(replication.ask(), sessions.askOpenTransactions(), replication.ask()));
    return new Mark(
        replication.position(seen.get(0)), seen.get(1), replication.position(seen.get(2)));
  }

  @Override
  public Standing standing() {
    List<List<String>> seen =
        control.texts(
            "looking how the node stands",
            dialect.block(),
            List.of(command.ask(), fence.ask(), replication.ask()));
    return new Standing(
        command.holds(seen.get(0)), fence.isOn(seen.get(1)), replication.position(seen.get(2)));
  }

  @Override
  public CatchUp waitFor(Position position, Duration atMost) {
    return replication.waitFor(position, atMost);
  }

  @Override
  public void armDeadMan(Duration lease) {
    deadMan.arm(commanded(), lease, fence.eventsOn());
  }

  @Override
  public void cancelDeadMan() {
    deadMan.cancel(commanded());
  }

  @Override
  public Fence fence(Duration lockWait) {
    return fence.fence(lockWait);
  }

  @Override
  public void open() {
    fence.open();
  }

  @Override
  public void events(boolean on) {
    fence.events(on);
  }

  @Override
  public void enableEvents(List<String> names) {
    fence.enableEvents(names);
  }

  @Override
  public void endSession(long sessionId) {
    sessions.end(sessionId);
  }

  @Override
  public List<String> endApplicationSessions() {
    return sessions.endApplications();
  }

  @Override
  public List<Client> clients() {
    return sessions.clients();
  }

  @Override
  public Canary canary() {
    return canary;
  }

  @Override
  public List<String> openTransactions() {
    return sessions.openTransactions();
  }

  @Override
  public void draftFence() {
    new FenceFile(node()).draft(fenceText());
  }

  @Override
  public boolean persistFence(boolean fenced) {
    return new FenceFile(node()).write(fenced, fenceText());
  }

  private String fenceText() {
    return FENCE_FILE.formatted(dialect.optionGroup(), dialect.fenceVariable());
  }

  @Override
  public void admitImports() {
    fence.admitImports();
  }

  @Override
  public void stopReplication() {
    replication.stop();
  }

  @Override
  public void startReplication() {
    replication.start();
  }

  @Override
  public void resetReplication() {
    replication.reset();
  }

  @Override
  public void replicateFrom(Node source, String replicationPassword) {
    replication.from(source, replicationPassword);
  }

  @Override
  public void prepareProbe() {
    probe.prepare(isFenced());
  }

  @Override
  public Map<String, ProbeRow> findProbeRows(String run, Optional<String> afterId) {
    return probe.find(run, afterId);
  }

  @Override
  public void trimProbe(Duration olderThan) {
    probe.trim(isFenced(), olderThan);
  }

  @Override
  public Optional<String> queryText(String sql, Duration atMost) {
    String limit = "SET SESSION " + dialect.statementLimit() + " = ";
    return new ReadOnlyQuery(control, limit, dialect.limitUnitsPerSecond()).text(sql, atMost);
  }

  /** Leaves a sleeping dead-man's switch to the server, as the port says. */
  @Override
  public void close() {
    control.close();
    deadMan.close();
  }

  private String commanded() {
    if (command.lockName().isEmpty()) {
      throw new NodeException(
          node(), "using the dead-man's switch", "no command", NodeException.Action.REPORT_BUG);
    }
    return command.lockName();
  }
}
