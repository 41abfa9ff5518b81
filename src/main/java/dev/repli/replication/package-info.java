/**
 * Makes the target a replica of the source: checks, account, initial copy, start, and the proof
 * that it follows.
 *
 * <p>May use: plan, database, guardrail, journal, run.
 */
@NullMarked
package dev.repli.replication;

import org.jspecify.annotations.NullMarked;
