/**
 * The way back to a source that still stands as of the cutover: what the target took since is read
 * from its binary log and imported while it still writes; then the writer moves, and the last
 * changes travel inside the switch.
 *
 * <p>May use: plan, database, delta, delta.imports, delta.conflict, delta.policy, delta.stream,
 * journal, run, rollback, reversibility, longwork, host, writerswitch, schedule.
 */
@NullMarked
package dev.repli.logical;

import org.jspecify.annotations.NullMarked;
