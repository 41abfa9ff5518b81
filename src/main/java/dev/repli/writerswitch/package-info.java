/**
 * The one critical section: moving the writer from one node to the other without losing a write.
 *
 * <p>May use: plan, database, route, journal, run.
 */
@NullMarked
package dev.repli.writerswitch;

import org.jspecify.annotations.NullMarked;
