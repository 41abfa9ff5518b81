/**
 * The way back with a delta as steps of its processes.
 *
 * <p>May use: logical, longwork, rollback, engine, engine.hardening, journal, run, plan.
 */
@NullMarked
package dev.repli.logical.process;

import org.jspecify.annotations.NullMarked;
