package dev.repli.database;

import dev.repli.plan.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The exact text of every act in one technology, in order: what an adapter sends and what a dry run
 * prints come from this one place. Looks are not in it.
 */
public interface ActStatements {
  List<String> takeCommand(String lockName, String installationId);

  /**
   * @param eventsOn whether the switch has to turn the event scheduler on again, too
   */
  List<String> armDeadMan(String lockName, Duration lease, boolean eventsOn);

  /**
   * @param sessionId of the session that the dead-man's switch sleeps in, {@code ?} when unknown
   */
  List<String> cancelDeadMan(String lockName, String sessionId);

  List<String> fence(Duration lockWait, boolean eventsOn);

  List<String> open();

  /** None where accounts that import can write past a fence anyway. */
  default List<String> admitImports() {
    return List.of();
  }

  List<String> events(boolean on);

  /**
   * @param definers by {@code schema.event}, as {@code user@host}: a plain ALTER EVENT would make
   *     Repli the definer
   */
  List<String> enableEvents(Map<String, String> definers);

  List<String> endSession(String sessionId);

  List<String> stopReplication();

  List<String> startReplication();

  List<String> resetReplication();

  /**
   * @param own position of the node that becomes a replica
   * @param password {@code ***} where it is only shown
   */
  List<String> replicateFrom(Node source, Position own, String password);

  /**
   * @param password {@code ***} where it is only shown
   */
  List<String> follow(Node other, BinlogEnd from, String password);

  /** One row of the probe, in the canary's own history where the technology has such. */
  List<String> canary(String run, String id);

  /** As {@link #canary}, but no row where the node is fenced at that moment. */
  List<String> writersCanary(String run, String id);

  /** Takes the row away again, in the same history. */
  List<String> forgetCanary(String run, String id);

  List<String> prepareProbe();

  /**
   * Makes what the dead man's switch needs on this node, for this node alone: another technology
   * that replicates from here could not read it. None where it needs nothing.
   */
  default List<String> prepareDeadMan() {
    return List.of();
  }

  List<String> trimProbe(Duration olderThan);
}
