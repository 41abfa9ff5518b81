package dev.repli.database;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The connections of one commander to one node. All acts are repeatable and read their effect back.
 * Not for use by several threads. Every method throws {@link NodeException}.
 */
public interface NodeSession extends AutoCloseable {
  Node node();

  // ---- command ----

  /**
   * Takes the named lock on the control session. A session of the same installation that holds it
   * is killed first (with its dead-man session left to its fate); one of another installation is
   * left alone.
   */
  Command takeCommand(String lockName, String installationId);

  /** Whether the control session still holds the lock that it took. */
  boolean holdsCommand();

  /** Outcome of {@link #takeCommand}. */
  sealed interface Command {
    /** The lock is ours; {@code ended} sessions of an earlier commander were killed. */
    record Taken(int ended) implements Command {}

    /** Another Repli commands this plan: from where. */
    record HeldByAnother(String holder) implements Command {}
  }

  // ---- looks ----

  Facts look();

  /**
   * Whether it refuses application writes now; the one look that is cheap enough for the critical
   * section.
   */
  boolean isFenced();

  /**
   * What is true of the node now.
   *
   * @param variables settings that guardrails read, lower-case names as the server spells them
   */
  record Facts(
      String version,
      long serverId,
      boolean readOnly,
      boolean eventsOn,
      List<String> enabledEvents,
      Instant clock,
      Map<String, String> variables) {
    public Facts {
      enabledEvents = List.copyOf(enabledEvents);
      variables = Map.copyOf(variables);
    }
  }

  /** What could break or delay the fence: who, since when, why. */
  List<FenceRisk> fenceRisks();

  /**
   * One risk.
   *
   * @param blocks true when the fence cannot hold while it is there (privileged account in use,
   *     prepared XA transaction)
   */
  record FenceRisk(Kind kind, boolean blocks, String who, String detail) {
    /** Kinds of risk. */
    public enum Kind {
      PRIVILEGED_ACCOUNT,
      ENABLED_EVENT,
      PREPARED_XA,
      LONG_TRANSACTION,
      TABLE_LOCK
    }
  }

  /**
   * Privileges that the switch needs and the account lacks, found by use where that changes
   * nothing; empty when all are there.
   */
  List<String> missingPrivileges();

  Replication replication();

  /**
   * This node's replication threads.
   *
   * @param configured whether it is a replica at all
   * @param receiving IO thread runs and is connected
   * @param applying SQL thread runs
   * @param sourceServerId server id of the node it replicates from, 0 when unknown
   * @param error last error of either thread, empty when none
   */
  record Replication(
      boolean configured,
      boolean receiving,
      boolean applying,
      Optional<Endpoint> from,
      long sourceServerId,
      String error) {}

  /** End of this node's own history: everything it acknowledged is at or before it. */
  Position position();

  /**
   * The same in a language in which that replica can wait for it: between MariaDB and MySQL by file
   * and offset.
   */
  default Position positionFor(Node replica) {
    return replica.kind() == node().kind()
        ? position()
        : new Position(Position.Kind.BINLOG_FILE, canary().end().toString());
  }

  /**
   * {@link #position()}, {@link #openTransactions()} and {@link #position()} again, in this order
   * and, where the server can, in one round trip.
   */
  default Mark mark() {
    Position first = position();
    List<String> open = openTransactions();
    return new Mark(first, open, position());
  }

  /** Two looks at the position, and the open transactions between them. */
  record Mark(Position first, List<String> openTransactions, Position second) {
    public Mark {
      openTransactions = List.copyOf(openTransactions);
    }
  }

  /**
   * {@link #holdsCommand()}, {@link #isFenced()} and {@link #position()}, in this order and, where
   * the server can, in one round trip.
   */
  default Standing standing() {
    boolean commanded = holdsCommand();
    boolean fenced = isFenced();
    return new Standing(commanded, fenced, position());
  }

  /** What a commander has to know of a node before it acts there. */
  record Standing(boolean commanded, boolean fenced, Position position) {}

  /** Waits until this node has applied the position; bounded by the server. */
  CatchUp waitFor(Position position, Duration atMost);

  /** Outcome of a wait. */
  sealed interface CatchUp {
    /** Applied. */
    record Reached(Duration took) implements CatchUp {}

    /** Not within the time, or replication stopped. */
    record NotReached(String why) implements CatchUp {}
  }

  // ---- dead-man's switch ----

  /**
   * From now on the server itself re-opens this node when the lease ends, whatever happens to
   * Repli.
   */
  void armDeadMan(Duration lease);

  /**
   * Ends the dead-man's switch and reads back that it is gone. Repeatable. Ends those of earlier
   * commanders of the lock, too.
   */
  void cancelDeadMan();

  // ---- fence ----

  /** One attempt to refuse all application writes: events off, then read only. */
  Fence fence(Duration lockWait);

  /** Outcome of one attempt. */
  sealed interface Fence {
    /** Refuses writes, read back. */
    record Fenced() implements Fence {}

    /** Running writes are in the way; the node is open as before, events too. */
    record Blocked(List<Blocker> blockers) implements Fence {
      public Blocked {
        blockers = List.copyOf(blockers);
      }
    }

    /** A session in the way. */
    record Blocker(long sessionId, String user, String host, Duration age, String statement) {}
  }

  /**
   * Lets accounts that may write past the fence do so; applications stay out. Only where a fence
   * stops those, too. Repeatable.
   */
  default void admitImports() {}

  /** Accepts application writes again, read back. Events stay as they are. Repeatable. */
  void open();

  /** Turns the event scheduler on or off. */
  void events(boolean on);

  /**
   * Enables events that replication had created here switched off; names as {@code schema.event};
   * not written to the binary log.
   */
  void enableEvents(List<String> names);

  /** Ends a session; no error when it is gone. */
  void endSession(long sessionId);

  /**
   * Ends application sessions: all but replication, system and Repli's own. Returns who was ended,
   * as {@code user@host}.
   */
  List<String> endApplicationSessions();

  /** Sessions of applications now: all but replication, system and Repli's own. */
  List<Client> clients();

  /**
   * A session of an application.
   *
   * @param host without the port
   * @param idle how long it has been at what it does now
   */
  record Client(long sessionId, String user, String host, Duration idle, String statement) {
    /** As {@code user@host}. */
    public String who() {
      return user + "@" + host;
    }
  }

  /**
   * Open write transactions of applications now, as {@code user@host}: what a fence aborts in
   * flight.
   */
  List<String> openTransactions();

  /**
   * Forces to disk, beside its later place, what {@link #persistFence} puts there, so that this is
   * quick. Changes nothing for the server.
   */
  default void draftFence() {}

  /**
   * Keeps the fence over a restart of the server (option file), or takes that away. False when the
   * plan gives no file.
   */
  boolean persistFence(boolean fenced);

  // ---- replication ----

  void stopReplication();

  /** Starts what is set up, at its own place. Repeatable. */
  void startReplication();

  void resetReplication();

  /**
   * Starts replicating from the other node at this node's own position; TLS as that node's plan
   * entry says.
   */
  void replicateFrom(Node source, String replicationPassword);

  /**
   * Starts replicating from the other node, which may be of another technology, at a place of that
   * node's binary log. Repeatable.
   */
  default void replicateFrom(Node source, BinlogEnd from, String replicationPassword) {
    Canary moment = canary();
    moment.unfollow();
    moment.follow(source, from, replicationPassword);
  }

  // ---- canary and probe ----

  /** Creates the probe's schema and table where they are missing. On the writer only. */
  void prepareProbe();

  /** Looks an id of the probe up: how many rows, and by which server it was written. */
  Map<String, ProbeRow> findProbeRows(String run, Optional<String> afterId);

  /**
   * A probe row.
   *
   * @param count rows with this id
   * @param serverId {@code @@server_id} of the node that acknowledged it
   */
  record ProbeRow(int count, long serverId) {}

  /** For trying the way back out; see there. */
  Canary canary();

  /** Removes probe rows older than the bound. */
  void trimProbe(Duration olderThan);

  /** First column of the first row as text, for the plan's checks; read only, bounded. */
  Optional<String> queryText(String sql, Duration atMost);

  @Override
  void close();
}
