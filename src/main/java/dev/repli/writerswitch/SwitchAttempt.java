package dev.repli.writerswitch;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Standing;
import dev.repli.database.Position;
import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.route.RouteSession;
import dev.repli.writerswitch.Carrier.Carriage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One try of one switch: the connections that it works on, opened once and never again, and what it
 * has learnt so far. Lives in memory only; what has to survive stands in the journal and on the
 * nodes. Used by one thread at a time.
 */
final class SwitchAttempt implements AutoCloseable {
  final SwitchRequest request;
  final SwitchPorts ports;
  final Journal.Session journal;
  final List<RouteSession> routes = new ArrayList<>();
  final List<Evidence> kept = new ArrayList<>();
  @Nullable NodeSession oldWriter;
  @Nullable NodeSession newWriter;
  @Nullable Lease lease;
  @Nullable Position marked;

  /** The same in the old writer's own language. */
  @Nullable Position history;

  /** Of the new writer before it was opened: from there on the old one needs its changes. */
  @Nullable Position opened;

  @Nullable WriteProbe probe;
  @Nullable Carriage carriage;
  long epoch;
  long armedSeq;
  boolean eventsWereOn;
  List<String> events = List.of();
  List<String> abortedInFlight = List.of();

  SwitchAttempt(SwitchRequest request, SwitchPorts ports) {
    this.request = request;
    this.ports = ports;
    this.journal = ports.journal(request.run(), this::keep);
  }

  NodeSession oldWriter() {
    return present(oldWriter, request.oldWriter().label());
  }

  NodeSession newWriter() {
    return present(newWriter, request.newWriter().label());
  }

  /** Waits until the new writer has everything up to the old one's position, however it gets it. */
  CatchUp newWriterReaches(Position position, Duration atMost) {
    return request.withoutReplication()
        ? present(carriage, "carriage").waitFor(position, atMost)
        : newWriter().waitFor(position, atMost);
  }

  /** Where the old writer stands, in a language in which the new one can be waited for. */
  Position oldWriterPosition() {
    return request.withoutReplication()
        ? oldWriter().position()
        : oldWriter().positionFor(request.newWriter());
  }

  /** Where the new writer stands, in a language in which the old one can be waited for. */
  Position newWriterPosition() {
    return request.streamsBack()
        ? newWriter().position()
        : newWriter().positionFor(request.oldWriter());
  }

  Position opened() {
    return present(opened, "position at which the new writer was opened");
  }

  Lease lease() {
    return present(lease, "lease");
  }

  Position history() {
    return present(history, "history of the old writer");
  }

  Position marked() {
    return present(marked, "marked position");
  }

  /**
   * A commander that was replaced has lost its sessions and finds out here. Routes have no lock of
   * their own, so this stands in front of every change of a route.
   */
  void requireCommand() {
    if (oldWriter != null) {
      requireCommandOf(oldWriter);
    }
    if (newWriter != null) {
      requireCommandOf(newWriter);
    }
  }

  /** The same for one node. */
  void requireCommandOf(NodeSession session) {
    require(session.holdsCommand(), session);
  }

  /** How a node stands, which is nobody's business but the commander's. */
  Standing underCommand(NodeSession session) {
    Standing standing = session.standing();
    require(standing.commanded(), session);
    return standing;
  }

  private void require(boolean commanded, NodeSession session) {
    if (!commanded) {
      throw new NodeException(
          session.node(),
          "checking the command",
          "the lock "
              + request.plan().lockName()
              + " is no longer held; another commander took over, this one stops",
          NodeException.Action.REPAIR_TARGET);
    }
  }

  /** Whether somebody took command after this try did. */
  boolean replaced() {
    return replacedSince(epoch);
  }

  /** Whether somebody took command after the try with this epoch. */
  boolean replacedSince(long earlier) {
    return journal
        .newestMilestone(SwitchMilestones.COMMAND_TAKEN)
        .filter(entry -> entry.seq() > earlier)
        .isPresent();
  }

  /** The next try goes on with this one's probe, and with the evidence that is not yet written. */
  void handOver(SwitchAttempt next) {
    next.probe = probe;
    probe = null;
    next.kept.addAll(kept);
    kept.clear();
  }

  void keep(Evidence evidence) {
    kept.add(evidence);
  }

  /** What the earlier try wrote down before it stopped. */
  void recall(Map<String, String> facts) {
    eventsWereOn = Boolean.parseBoolean(facts.getOrDefault("eventsOn", "false"));
    events = list(facts.getOrDefault("events", ""));
    abortedInFlight = list(facts.getOrDefault("aborted", ""));
    marked = PositionFacts.find(facts, "position").orElse(marked);
    opened = PositionFacts.find(facts, "opened").orElse(opened);
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }

  /** Writes the evidence that was kept back. Only outside the critical section. */
  void writeKept() {
    if (!kept.isEmpty()) {
      ports.keep(request.run(), List.copyOf(kept));
      kept.clear();
    }
  }

  @Override
  public void close() {
    if (probe != null) {
      probe.close();
    }
    closeQuietly(carriage);
    routes.forEach(SwitchAttempt::closeQuietly);
    closeQuietly(newWriter);
    closeQuietly(oldWriter);
    closeQuietly(journal);
  }

  /**
   * Nothing depends on how a connection ends: its locks go with it, and whoever comes next reads
   * the nodes.
   */
  private static void closeQuietly(@Nullable AutoCloseable connection) {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (Exception gone) {
      System.getLogger(SwitchAttempt.class.getName())
          .log(System.Logger.Level.DEBUG, "closing a connection of a switch", gone);
    }
  }

  private static <T> T present(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalStateException(what + " is not there in this phase");
    }
    return value;
  }
}
