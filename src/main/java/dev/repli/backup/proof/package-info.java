/**
 * Proving backups as a run: chosen, restored for real, and what was seen written into the journal;
 * asked for by people, or begun by itself where the plan says how often.
 *
 * <p>May use: backup, plan, host, run, journal, longwork, schedule.
 */
@NullMarked
package dev.repli.backup.proof;

import org.jspecify.annotations.NullMarked;
