/**
 * Watches the replication of every plan: threads, errors and lag, each five seconds. A breach
 * becomes an incident like any other, once, and is reported as resolved when it is over.
 *
 * <p>Lag is measured by positions: how long ago the writer stood where the replica does not stand
 * yet. The server's own figure says 0 seconds over a dead link (measured: 0 with 44 813
 * transactions missing).
 *
 * <p>May use: plan, database, delta.stream, incident, run, schedule.
 */
@NullMarked
package dev.repli.monitor;

import org.jspecify.annotations.NullMarked;
