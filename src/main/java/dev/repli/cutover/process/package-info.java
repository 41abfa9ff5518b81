/**
 * The cutover runbook as steps of its processes.
 *
 * <p>May use: cutover, certificate, approval, rollback, engine, run, plan, journal.
 */
@NullMarked
package dev.repli.cutover.process;

import org.jspecify.annotations.NullMarked;
