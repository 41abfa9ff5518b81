package dev.repli.monitor;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Replication;
import dev.repli.monitor.PairState.Failing;
import dev.repli.monitor.PairState.Kind;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at the two nodes of one plan, over sessions that stay open between looks. Not for use by
 * several threads.
 */
final class PairLook implements AutoCloseable {
  /** The server ends sessions that are idle for this long; an answer may take half of it. */
  private static final Duration IDLE = Duration.ofSeconds(20);

  private final Plan plan;
  private final Databases databases;
  private final Clock clock;
  private final Map<Node.Role, NodeSession> sessions = new EnumMap<>(Node.Role.class);
  private final Map<Node.Role, Long> serverIds = new EnumMap<>(Node.Role.class);
  private final LagStamps stamps = new LagStamps();
  private final StreamLook stream;
  private Optional<Node.Role> lastReplica = Optional.empty();
  private int writers;

  PairLook(Plan plan, Databases databases, StreamLook stream, Clock clock) {
    this.plan = plan;
    this.databases = databases;
    this.stream = stream;
    this.clock = clock;
  }

  PairState look() {
    Map<Node.Role, Boolean> open = new EnumMap<>(Node.Role.class);
    Optional<NodeException> source = see(plan.source(), open);
    Optional<NodeException> target = see(plan.target(), open);
    if (source.isEmpty() && target.isEmpty() && count(open) != 1) {
      // the writer may have moved between the two looks
      source = see(plan.source(), open);
    }
    writers = count(open);
    return source.or(() -> target).map(PairLook::unknown).orElseGet(this::judge);
  }

  /** Why it cannot be seen; empty when it can. */
  private Optional<NodeException> see(Node node, Map<Node.Role, Boolean> open) {
    open.put(node.role(), false);
    try {
      open.put(node.role(), !session(node).look().readOnly());
      return Optional.empty();
    } catch (NodeException e) {
      close(node.role());
      return Optional.of(e);
    }
  }

  private static int count(Map<Node.Role, Boolean> open) {
    return Math.toIntExact(open.values().stream().filter(Boolean::booleanValue).count());
  }

  /** How many nodes accepted application writes at the last look; one that is silent does not. */
  int writers() {
    return writers;
  }

  private PairState judge() {
    try {
      NodeSession source = session(plan.source());
      NodeSession target = session(plan.target());
      return judge(source, source.replication(), target, target.replication());
    } catch (NodeException e) {
      close();
      return unknown(e);
    }
  }

  private static PairState unknown(NodeException e) {
    return new Failing(Kind.UNKNOWN, String.valueOf(e.getMessage()));
  }

  private NodeSession session(Node node) {
    NodeSession known = sessions.get(node.role());
    if (known != null) {
      return known;
    }
    NodeSession opened = databases.connect(node, IDLE, ActLog.NONE);
    sessions.put(node.role(), opened);
    serverIds.put(node.role(), opened.look().serverId());
    return opened;
  }

  private PairState judge(
      NodeSession source, Replication ofSource, NodeSession target, Replication ofTarget) {
    if (!ofSource.configured() && !ofTarget.configured()) {
      stamps.forget();
      return stream.look(plan.id(), target, clock.instant()).orElseGet(PairState.NotSetUp::new);
    }
    return sourceReplicates(source, ofSource, ofTarget)
        ? judge(source, ofSource, target)
        : judge(target, ofTarget, source);
  }

  /** Right after a switch both know a source; the one that runs, or is fenced, is the replica. */
  private static boolean sourceReplicates(
      NodeSession source, Replication ofSource, Replication ofTarget) {
    if (!ofSource.configured() || !ofTarget.configured()) {
      return ofSource.configured();
    }
    return runs(ofSource) == runs(ofTarget) ? source.isFenced() : runs(ofSource);
  }

  private static boolean runs(Replication replication) {
    return replication.receiving() && replication.applying();
  }

  private PairState judge(NodeSession replica, Replication state, NodeSession writer) {
    Node.Role role = replica.node().role();
    if (!lastReplica.equals(Optional.of(role))) {
      stamps.forget();
      lastReplica = Optional.of(role);
    }
    if (!runs(state)) {
      return new Failing(Kind.STOPPED, stopped(replica.node(), state));
    }
    Long wanted = serverIds.get(writer.node().role());
    if (wanted == null || state.sourceServerId() != wanted) {
      return new Failing(
          Kind.MISDIRECTED,
          "%s replicates from server id %d, the %s has %s"
              .formatted(
                  replica.node().label(),
                  state.sourceServerId(),
                  writer.node().role().word(),
                  wanted));
    }
    return new PairState.Replicating(role, stamps.lag(writer, replica, clock.instant()));
  }

  /** A thread can stand without any error: MySQL's JSON columns do that to MariaDB. */
  private static String stopped(Node node, Replication state) {
    String threads =
        state.applying()
            ? "does not receive changes"
            : state.receiving() ? "does not apply changes" : "neither receives nor applies changes";
    String error = state.error().isEmpty() ? ", and says no error" : ": " + state.error();
    return node.label() + " " + threads + error;
  }

  private void close(Node.Role role) {
    NodeSession gone = sessions.remove(role);
    if (gone != null) {
      gone.close();
    }
    serverIds.remove(role);
  }

  @Override
  public void close() {
    List.of(Node.Role.values()).forEach(this::close);
  }
}
