package dev.repli.route;

import dev.repli.plan.Node;
import dev.repli.plan.RouteSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Open connections to one route. Every act reads its effect back. Not for use by several threads.
 */
public interface RouteSession extends AutoCloseable {
  RouteSpec spec();

  /** What the route does now, read from its runtime state. */
  RouteState look();

  /** What the route is set up to do by itself. */
  default RouteFacts facts() {
    return RouteFacts.NONE;
  }

  /** Whether {@link #hold} keeps new work waiting without an error. */
  boolean canHold();

  /**
   * Stops handing out the writer for new work and waits for work in flight to leave it; queries
   * queue in the proxy. Does nothing on a route that cannot hold.
   *
   * @param atMost bound on the wait for work in flight
   * @return how many sessions still use the writer when it returns, -1 when the route cannot tell
   */
  int hold(Node.Role writer, Duration atMost);

  /** Hands the writer out again, as before {@link #hold}. Repeatable. */
  void release(Node.Role writer);

  /**
   * Sends all new work to the writer and none to the other node; reads back, retries. Repeatable.
   * Some routes cut the other node's sessions with it, so that node has to be fenced before.
   */
  void routeTo(Node.Role writer);

  /**
   * Ends sessions that the route still has on a node. Only after that node is fenced.
   *
   * @return how many were ended, where the route tells; else empty; 0 when they had been cut before
   */
  Optional<Integer> endSessions(Node.Role node);

  /**
   * Makes the runtime state survive a restart of the route, where the route can do that; else
   * nothing.
   */
  void save();

  /**
   * How reads are spread now, read from the runtime state; empty where this route spreads none.
   *
   * @throws RouteException also when the target is not among the readers
   */
  default Optional<ReadSpread> reads() {
    return Optional.empty();
  }

  /**
   * Spreads new reads like that; reads back, retries. Repeatable. Sessions that a route cannot move
   * stay where they are.
   *
   * @throws RouteException also when this route spreads no reads
   */
  default void spreadReads(ReadWeights wanted) {
    throw new RouteException(spec().name(), "spread reads", "this route has no readers");
  }

  /** The exact commands of {@link #spreadReads}, see {@link #commands}. */
  default List<String> spreadCommands(ReadWeights wanted) {
    return List.of();
  }

  /**
   * How many connections to a node this route allows now, read from the runtime state; empty where
   * it has no limit that could be changed.
   */
  default Optional<ConnectionLimit> limit(Node.Role node) {
    return Optional.empty();
  }

  /**
   * Allows so many connections to a node: what is open stays, new work beyond that waits in the
   * route; reads back, retries. Repeatable.
   *
   * @param atMost {@link ConnectionLimit#NONE} for no limit
   * @throws RouteException also when this route has no such limit
   */
  default void limit(Node.Role node, int atMost) {
    throw new RouteException(spec().name(), "limit connections", "this route has no limit");
  }

  /** The exact commands of {@link #limit(Node.Role, int)}, see {@link #commands}. */
  default List<String> limitCommands(Node.Role node, int atMost) {
    return List.of();
  }

  /**
   * The exact commands that an act would send now, in order, without secrets; only looks. Empty
   * where the route has nothing to do for the act.
   *
   * @param node the writer, or the node whose sessions end
   */
  List<String> commands(RouteAct act, Node.Role node);

  @Override
  void close();

  /**
   * Runtime state.
   *
   * @param writer the node that gets new work; empty when none or both do
   * @param sessionsOnSource sessions on the source, -1 when the route cannot tell
   * @param sessionsOnTarget sessions on the target, -1 when the route cannot tell
   * @param detail one line for people
   */
  record RouteState(
      Optional<Node.Role> writer, int sessionsOnSource, int sessionsOnTarget, String detail) {
    /** Sessions on a node, -1 when the route cannot tell. */
    public int sessionsOn(Node.Role node) {
      return node == Node.Role.SOURCE ? sessionsOnSource : sessionsOnTarget;
    }
  }
}
