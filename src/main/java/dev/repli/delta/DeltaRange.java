package dev.repli.delta;

import dev.repli.database.Position;
import java.util.Optional;
import java.util.Set;

/**
 * What to read.
 *
 * @param from everything up to here is known already
 * @param to where to end: a position at which the server once stood; empty to go on for ever
 * @param schemas whose tables are read; others are passed over
 * @param excludedTables names without schema that are passed over, such as Repli's own
 */
public record DeltaRange(
    Position from, Optional<Position> to, Set<String> schemas, Set<String> excludedTables) {
  public DeltaRange {
    schemas = Set.copyOf(schemas);
    excludedTables = Set.copyOf(excludedTables);
  }
}
