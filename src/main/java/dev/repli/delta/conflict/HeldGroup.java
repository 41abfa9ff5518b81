package dev.repli.delta.conflict;

import dev.repli.delta.imports.HeldChange.Kind;
import java.util.Optional;

/**
 * Held changes of one row, which are decided together.
 *
 * @param group number of the first of them when it was held
 * @param last number of the last of them
 * @param changes how many
 * @param kind why the first of them is held
 * @param table {@code schema.table}
 * @param error the node's answer to the first; may contain values of the row
 * @param decision empty while it waits for one
 */
public record HeldGroup(
    long group,
    long last,
    long changes,
    Kind kind,
    String table,
    String error,
    Optional<Decision> decision) {}
