package dev.repli.delta.stream;

import dev.repli.database.Position;
import dev.repli.delta.imports.ImportId;
import dev.repli.plan.PlanId;

/**
 * A stream from a plan's target to its source.
 *
 * @param id of the import that it is; the same id goes on where it was
 * @param from of the target: everything up to here is on the source already
 */
public record StreamOrder(PlanId plan, ImportId id, Position from) {}
