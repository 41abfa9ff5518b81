/**
 * Going back in place as steps of its processes.
 *
 * <p>May use: inplace, longwork, rollback, engine, engine.hardening, run, plan.
 */
@NullMarked
package dev.repli.inplace.process;

import org.jspecify.annotations.NullMarked;
