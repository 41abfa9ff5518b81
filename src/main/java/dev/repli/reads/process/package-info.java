/**
 * Progressive reads as steps of their processes.
 *
 * <p>May use: reads, rollback, engine, run, plan.
 */
@NullMarked
package dev.repli.reads.process;

import org.jspecify.annotations.NullMarked;
