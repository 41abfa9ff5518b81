/**
 * Going back in place: the release before an upgrade of the same machine comes back with its data,
 * from a physical backup and the binary log since.
 *
 * <p>May use: plan, run, journal, host, backup, database, delta, route, longwork, rollback,
 * reversibility.
 */
@NullMarked
package dev.repli.inplace;

import org.jspecify.annotations.NullMarked;
