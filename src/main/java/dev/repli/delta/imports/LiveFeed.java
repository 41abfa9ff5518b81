package dev.repli.delta.imports;

import dev.repli.database.Position;
import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import dev.repli.plan.Node;
import java.util.Optional;

/**
 * The changes of a running server, from its binary log.
 *
 * @param range what to read when nothing is imported yet; else it is read from where the import is
 */
public record LiveFeed(DeltaSource source, Node node, DeltaRange range) implements ChangeFeed {
  @Override
  public DeltaStream after(Optional<Place> place) {
    Position from = place.map(Place::position).orElse(range.from());
    return source.open(node, new DeltaRange(from, range.to(), range.schemas(), range.abandoned()));
  }
}
