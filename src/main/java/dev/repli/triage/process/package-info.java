/**
 * The triage as steps of its processes.
 *
 * <p>May use: triage, criteria, rollback, approval, engine, run, plan.
 */
@NullMarked
package dev.repli.triage.process;

import org.jspecify.annotations.NullMarked;
