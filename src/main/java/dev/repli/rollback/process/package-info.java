/**
 * The rollback runbooks as steps of their processes.
 *
 * <p>May use: rollback, approval, engine, engine.hardening, run, plan, journal.
 */
@NullMarked
package dev.repli.rollback.process;

import org.jspecify.annotations.NullMarked;
