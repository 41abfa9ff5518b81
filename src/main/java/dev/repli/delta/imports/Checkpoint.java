package dev.repli.delta.imports;

import dev.repli.delta.Place;
import java.util.Optional;

/**
 * How far an import is, as the node itself knows it.
 *
 * @param place everything before it is done; empty when nothing is
 * @param keepsGtids whether transactions keep the ids they have where they come from
 */
public record Checkpoint(Optional<Place> place, ImportCounts counts, boolean keepsGtids) {}
