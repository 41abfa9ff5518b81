package dev.repli.delta.stream;

import dev.repli.database.Position;
import dev.repli.delta.Place;
import dev.repli.delta.Positions;
import dev.repli.delta.imports.ImportCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a stream is.
 *
 * @param reached everything before it is committed in the node that the rows go to; empty until
 *     something came
 * @param waitingSince when the origin wrote the oldest transaction that came and is not committed
 *     yet, by the origin's clock in whole seconds; empty when there is none
 * @param heardAt when the origin was last heard, if only that it has nothing new
 * @param counts of the whole import, earlier streams of it included
 */
public record StreamState(
    Optional<Place> reached, Optional<Instant> waitingSince, Instant heardAt, ImportCounts counts) {

  /**
   * At most how much older the rows are than those of the origin. Grows while the origin is not
   * heard: what it has written since nobody knows.
   */
  public Duration lag(Instant now) {
    Instant since = waitingSince.filter(heardAt::isAfter).orElse(heardAt);
    return now.isAfter(since) ? Duration.between(since, now) : Duration.ZERO;
  }

  /** Whether everything up to the origin's position is committed. */
  public boolean covers(Position position) {
    return reached.filter(place -> Positions.covers(place.position(), position)).isPresent();
  }
}
