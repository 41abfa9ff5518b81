package dev.repli.delta;

import dev.repli.database.Position;
import java.util.Optional;
import java.util.Set;

/**
 * What to read. Of Repli's own tables only the rows of the write probe are part of it: they prove
 * at the end that nothing was lost.
 *
 * @param from everything up to here is known already
 * @param to where to end: a position at which the server once stood; empty to go on for ever
 * @param schemas whose tables are read, others are passed over; empty for all of applications and
 *     the write probe
 * @param abandoned {@code schema.table} whose changes nobody brings back: they are passed over
 *     where they cannot be read, and stop nothing
 */
public record DeltaRange(
    Position from, Optional<Position> to, Set<String> schemas, Set<String> abandoned) {
  public DeltaRange {
    schemas = Set.copyOf(schemas);
    abandoned = Set.copyOf(abandoned);
  }

  /** One of which everything counts. */
  public DeltaRange(Position from, Optional<Position> to, Set<String> schemas) {
    this(from, to, schemas, Set.of());
  }
}
