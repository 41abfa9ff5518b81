/**
 * Initial copies with the servers' own tools as child processes of Repli, resumed by whoever finds
 * them abandoned.
 *
 * <p>May use: replication, database, journal, plan, run.
 */
@NullMarked
package dev.repli.replication.copy;

import org.jspecify.annotations.NullMarked;
