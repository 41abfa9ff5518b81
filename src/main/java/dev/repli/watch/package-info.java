/**
 * The hours after a rollback: looked at again and again. The criteria stay armed then and after a
 * cutover. Starts an incident when something is bad; what follows from that, people decide.
 *
 * <p>May use: plan, run, journal, rollback, criteria, incident, monitor, sample, database, host,
 * schedule.
 */
@NullMarked
package dev.repli.watch;

import org.jspecify.annotations.NullMarked;
