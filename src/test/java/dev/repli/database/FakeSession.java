package dev.repli.database;

import dev.repli.plan.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Repli's connections to a {@link FakeNode}; they die when they are idle for the lease. */
final class FakeSession implements NodeSession {
  private static final Duration STEP = Duration.ofMillis(1);

  private final FakeDatabase database;
  private final FakeNode on;
  private final Duration lease;
  private final ActLog log;
  private Instant lastUse;
  private boolean dead;
  private boolean eventsBefore = true;
  private String lockName = "";
  private String installationId = "";

  FakeSession(FakeDatabase database, FakeNode on, Duration lease, ActLog log) {
    this.database = database;
    this.on = on;
    this.lease = lease;
    this.log = log;
    this.lastUse = on.time.instant();
    on.sessions.add(this);
  }

  void die() {
    dead = true;
    on.sessions.remove(this);
    on.locks.values().removeIf(holder -> holder == this);
  }

  private void endWhenIdle() {
    if (Duration.between(lastUse, on.time.instant()).compareTo(lease) > 0) {
      die();
    }
  }

  @Override
  public Node node() {
    return on.node();
  }

  @Override
  public Command takeCommand(String name, String installation) {
    return act(
        "takeCommand",
        () -> {
          FakeSession holder = on.locks.get(name);
          if (holder != null && holder != this && !holder.installationId.equals(installation)) {
            return new Command.HeldByAnother("another Repli");
          }
          int ended = 0;
          if (holder != null && holder != this) {
            holder.die();
            ended = 1;
          }
          on.locks.put(name, this);
          lockName = name;
          installationId = installation;
          return new Command.Taken(ended);
        });
  }

  @Override
  public boolean holdsCommand() {
    return ask("holdsCommand", () -> !lockName.isEmpty() && on.locks.get(lockName) == this);
  }

  @Override
  public Facts look() {
    return ask(
        "look",
        () ->
            new Facts(
                "11.4.5-fake",
                on.serverId(),
                on.readOnly(),
                on.eventsOn(),
                on.enabledEvents(),
                on.time.instant(),
                on.settings));
  }

  @Override
  public boolean isFenced() {
    return ask("isFenced", on::readOnly);
  }

  @Override
  public List<FenceRisk> fenceRisks() {
    return ask("fenceRisks", on::risks);
  }

  @Override
  public List<String> missingPrivileges() {
    return ask("missingPrivileges", on::missingPrivileges);
  }

  @Override
  public Replication replication() {
    return ask("replication", () -> on.replication.state());
  }

  @Override
  public Position position() {
    return ask(
        "position",
        () -> {
          on.replication.pull();
          return on.position();
        });
  }

  @Override
  public CatchUp waitFor(Position position, Duration atMost) {
    return ask("waitFor", () -> waitUntilReached(position, atMost));
  }

  private CatchUp waitUntilReached(Position position, Duration atMost) {
    Duration waited = Duration.ZERO;
    while (!on.reached(position)) {
      if (waited.compareTo(atMost) >= 0) {
        return new CatchUp.NotReached("position " + position + " not applied in " + atMost);
      }
      on.time.advance(STEP);
      waited = waited.plus(STEP);
    }
    return new CatchUp.Reached(waited);
  }

  @Override
  public void armDeadMan(Duration leaseNow) {
    actOnly(
        "armDeadMan",
        () -> {
          eventsBefore = on.eventsOn();
          on.deadMen.removeIf(d -> d.lockName().equals(lockName));
          on.arm(new FakeNode.DeadMan(lockName, on.time.instant().plus(leaseNow), eventsBefore));
        });
  }

  @Override
  public void cancelDeadMan() {
    actOnly("cancelDeadMan", () -> on.deadMen.removeIf(d -> d.lockName().equals(lockName)));
  }

  @Override
  public Fence fence(Duration lockWait) {
    return act(
        "fence",
        () -> {
          Optional<List<Fence.Blocker>> blocked = on.nextBlockers();
          if (blocked.isPresent()) {
            on.time.advance(lockWait);
            return new Fence.Blocked(blocked.get());
          }
          on.eventsOn(false);
          on.readOnly(true);
          return new Fence.Fenced();
        });
  }

  @Override
  public void open() {
    actOnly("open", () -> on.readOnly(false));
  }

  @Override
  public void events(boolean onOrOff) {
    actOnly("events", () -> on.eventsOn(onOrOff));
  }

  @Override
  public void enableEvents(List<String> names) {
    actOnly("enableEvents", () -> on.addEnabledEvents(names));
  }

  @Override
  public void endSession(long sessionId) {
    actOnly("endSession", () -> on.endClient(sessionId));
  }

  @Override
  public List<String> endApplicationSessions() {
    return act("endApplicationSessions", on::endApplicationSessions);
  }

  @Override
  public List<Client> clients() {
    return ask("clients", on::clients);
  }

  @Override
  public Canary canary() {
    return new Canary() {
      @Override
      public BinlogEnd end() {
        return ask("canaryEnd", () -> new BinlogEnd("binlog.000001", on.history.size()));
      }

      @Override
      public void follow(Node other, BinlogEnd from, String replicationPassword) {
        actOnly("follow", () -> on.replication.from(database.at(other.address())));
      }

      @Override
      public void unfollow() {
        actOnly(
            "unfollow",
            () -> {
              on.replication.stop();
              on.replication.reset();
            });
      }

      @Override
      public void write(String run, String id) {
        actOnly(
            "canary",
            () -> {
              if (on.readOnly()) {
                throw on.failure("writing a canary", "it was fenced meanwhile");
              }
              on.writeRegardless(run, id);
            });
      }

      @Override
      public void writePastFence(String run, String id) {
        actOnly("canary", () -> on.writeRegardless(run, id));
      }

      @Override
      public void forget(String run, String id) {
        actOnly("forgetCanary", () -> on.forget(id));
      }
    };
  }

  @Override
  public List<String> openTransactions() {
    return ask("openTransactions", on::openTransactions);
  }

  @Override
  public boolean persistFence(boolean fenced) {
    return act(
        "persistFence",
        () -> {
          if (node().fenceFile().isEmpty()) {
            return false;
          }
          on.persistFence(fenced);
          return true;
        });
  }

  @Override
  public void stopReplication() {
    actOnly("stopReplication", on.replication::stop);
  }

  @Override
  public void startReplication() {
    actOnly("startReplication", on.replication::start);
  }

  @Override
  public void resetReplication() {
    actOnly("resetReplication", on.replication::reset);
  }

  @Override
  public void replicateFrom(Node source, String replicationPassword) {
    actOnly("replicateFrom", () -> on.replication.from(database.at(source.address())));
  }

  @Override
  public void prepareProbe() {
    actOnly("prepareProbe", on::prepareProbe);
  }

  @Override
  public Map<String, ProbeRow> findProbeRows(String run, Optional<String> afterId) {
    return ask("findProbeRows", () -> on.probeRows(run, afterId));
  }

  @Override
  public void trimProbe(Duration olderThan) {
    actOnly("trimProbe", () -> on.trim(olderThan));
  }

  /** As a MySQL with super_read_only. */
  @Override
  public void admitImports() {
    actOnly("admitImports", () -> on.answer("SELECT @@GLOBAL.super_read_only", "0"));
  }

  @Override
  public Optional<String> queryText(String sql, Duration atMost) {
    return ask("queryText", () -> on.answerTo(sql));
  }

  @Override
  public void close() {
    die();
  }

  private <T> T ask(String method, Supplier<T> what) {
    List.copyOf(on.sessions).forEach(FakeSession::endWhenIdle);
    if (dead) {
      throw on.failure(method, "the server has ended the connection");
    }
    on.enter(method);
    lastUse = on.time.instant();
    T answer = what.get();
    lastUse = on.time.instant();
    on.leave(method);
    return answer;
  }

  private <T> T act(String method, Supplier<T> what) {
    return ask(
        method,
        () -> {
          T answer = what.get();
          on.acts.add(method);
          log.ran(node().label(), method, Duration.ZERO, "ok");
          return answer;
        });
  }

  private void actOnly(String method, Runnable what) {
    var unused =
        act(
            method,
            () -> {
              what.run();
              return true;
            });
  }
}
