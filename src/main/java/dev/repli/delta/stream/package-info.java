/**
 * Repli's own reverse stream: the changes of the target are read and imported into the source
 * continuously, where the servers cannot replicate back by themselves or it is not trusted.
 *
 * <p>One Repli at a time runs a plan's stream, by a lease in Repli's own database; where it goes on
 * stands in the source, in the same transaction as the rows, so that two of them could not double a
 * row either. Lag is the age of the oldest position of the target that is not in yet; a stream that
 * nobody runs has no lag of 0 but none.
 *
 * <p>May use: plan, run, journal, schedule, database, delta, delta.imports, delta.conflict.
 */
@NullMarked
package dev.repli.delta.stream;

import org.jspecify.annotations.NullMarked;
