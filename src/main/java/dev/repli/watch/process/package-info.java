/**
 * The watch after a rollback as a process.
 *
 * <p>May use: watch, engine, run, plan, rollback.
 */
@NullMarked
package dev.repli.watch.process;

import org.jspecify.annotations.NullMarked;
