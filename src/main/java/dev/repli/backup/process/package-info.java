/**
 * The proof of a backup as a process.
 *
 * <p>May use: backup.proof, longwork, engine, run, plan, journal, rollback.
 */
@NullMarked
package dev.repli.backup.process;

import org.jspecify.annotations.NullMarked;
