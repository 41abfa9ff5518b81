package dev.repli.monitor;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Positions of the writer and when it stood there, until the replica has reached them. */
final class LagStamps {
  /** A replica that is up to date needs this long at most; more is lag, found at the next look. */
  private static final Duration SHORT = Duration.ofMillis(200);

  /** Above three hours of lag only the oldest count, which is all that is asked for. */
  private static final int MOST = 2_000;

  private final Deque<Stamp> open = new ArrayDeque<>();

  private record Stamp(Instant at, Position position) {}

  /** Age of the oldest position that is not reached; what the wait took when all are. */
  Duration lag(NodeSession writer, NodeSession replica, Instant now) {
    Position position = writer.positionFor(replica.node());
    if (replica.waitFor(position, SHORT) instanceof CatchUp.Reached reached) {
      open.clear();
      return reached.took();
    }
    if (open.size() < MOST) {
      open.addLast(new Stamp(now, position));
    }
    while (open.size() > 1 && isReached(replica, open.getFirst().position())) {
      open.removeFirst();
    }
    return Duration.between(open.getFirst().at(), now);
  }

  private static boolean isReached(NodeSession replica, Position position) {
    return replica.waitFor(position, Duration.ZERO) instanceof CatchUp.Reached;
  }

  void forget() {
    open.clear();
  }
}
