package dev.repli.database;

import dev.repli.plan.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Acts of the {@link FakeDatabase} in words. */
final class FakeStatements implements ActStatements {
  @Override
  public List<String> takeCommand(String lockName, String installationId) {
    return List.of("take " + lockName);
  }

  @Override
  public List<String> armDeadMan(String lockName, Duration lease, boolean eventsOn) {
    return List.of("arm dead-man's switch for " + lease);
  }

  @Override
  public List<String> cancelDeadMan(String lockName, String sessionId) {
    return List.of("cancel dead-man's switch");
  }

  @Override
  public List<String> fence(Duration lockWait, boolean eventsOn) {
    return List.of("fence");
  }

  @Override
  public List<String> open() {
    return List.of("open");
  }

  @Override
  public List<String> events(boolean on) {
    return List.of("events " + (on ? "on" : "off"));
  }

  @Override
  public List<String> enableEvents(Map<String, String> definers) {
    return definers.keySet().stream().map(name -> "enable event " + name).toList();
  }

  @Override
  public List<String> endSession(String sessionId) {
    return List.of("end session " + sessionId);
  }

  @Override
  public List<String> stopReplication() {
    return List.of("stop replication");
  }

  @Override
  public List<String> startReplication() {
    return List.of("start replication");
  }

  @Override
  public List<String> resetReplication() {
    return List.of("reset replication");
  }

  @Override
  public List<String> replicateFrom(Node source, Position own, String password) {
    return List.of("replicate from " + source.address() + " at " + own);
  }

  @Override
  public List<String> follow(Node other, BinlogEnd from, String password) {
    return List.of("follow " + other.address() + " from " + from);
  }

  @Override
  public List<String> canary(String run, String id) {
    return List.of("canary " + id);
  }

  @Override
  public List<String> writersCanary(String run, String id) {
    return List.of("canary " + id + " unless fenced");
  }

  @Override
  public List<String> forgetCanary(String run, String id) {
    return List.of("forget canary " + id);
  }

  @Override
  public List<String> prepareProbe() {
    return List.of("create probe table");
  }

  @Override
  public List<String> trimProbe(Duration olderThan) {
    return List.of("trim probe");
  }
}
