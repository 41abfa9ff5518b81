package dev.repli.delta.stream;

import dev.repli.database.Position;
import dev.repli.delta.Positions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** When the target stood where the stream has not come yet. Not for use by several threads. */
public final class LagMarks {
  /** An hour at one a second; then only the oldest counts, which is all that is asked for. */
  private static final int MOST = 3_600;

  private final Deque<Mark> open = new ArrayDeque<>();

  private record Mark(Instant at, Position position) {}

  /** Age of the oldest position that is not reached; 0 when all are. */
  public Duration lag(Position target, Optional<Position> reached, Instant now) {
    if (open.size() < MOST) {
      open.addLast(new Mark(now, target));
    }
    while (!open.isEmpty()
        && reached
            .filter(known -> Positions.covers(known, open.getFirst().position()))
            .isPresent()) {
      open.removeFirst();
    }
    return open.isEmpty() ? Duration.ZERO : Duration.between(open.getFirst().at(), now);
  }
}
