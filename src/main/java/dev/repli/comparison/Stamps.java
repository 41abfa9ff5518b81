package dev.repli.comparison;

import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import java.time.Duration;
import java.util.Optional;

/**
 * Positions between two reads: what the writing node showed before a stamp, the other one shows
 * after it, or something younger. Waits while the other node lags, so that a comparison slows down
 * before replication does.
 */
final class Stamps {
  private final ComparedNode from;
  private final ComparedNode to;
  private final Position.Kind kind;
  private final ComparisonLimits limits;

  Stamps(ComparedNode from, ComparedNode to, Position.Kind kind, ComparisonLimits limits) {
    this.from = from;
    this.to = to;
    this.kind = kind;
    this.limits = limits;
  }

  /** Why the other node did not get there, if it did not. */
  Optional<String> pass() {
    Duration waited = Duration.ZERO;
    while (true) {
      Duration left = limits.patience().minus(waited);
      CatchUp end = to.waitFor(from.position(kind), left);
      if (end instanceof CatchUp.NotReached not) {
        return Optional.of(not.why());
      }
      Duration took = ((CatchUp.Reached) end).took();
      waited = waited.plus(took);
      if (took.compareTo(limits.lag()) <= 0) {
        return Optional.empty();
      }
      if (waited.compareTo(limits.patience()) >= 0) {
        return Optional.of("the replica lags by more than " + limits.lag().toMillis() + " ms");
      }
    }
  }

  /** As {@link #pass}, while rows are held: short, and whatever the lag. */
  Optional<String> passHeld() {
    CatchUp end = to.waitFor(from.position(kind), limits.lockHeld());
    return end instanceof CatchUp.NotReached not ? Optional.of(not.why()) : Optional.empty();
  }
}
