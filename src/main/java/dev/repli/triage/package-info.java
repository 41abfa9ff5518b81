/**
 * From an alert to a decision: evidence, verdict, grace period, decision clock, and the start of
 * the rollback.
 *
 * <p>May use: criteria, cutover, incident, monitor, reversibility, rollback, approval, plan,
 * journal, run.
 */
@NullMarked
package dev.repli.triage;

import org.jspecify.annotations.NullMarked;
