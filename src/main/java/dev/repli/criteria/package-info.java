/**
 * Objective conditions that call for a rollback: metrics, how long they are breached, and what the
 * team's table {@code RollbackCriteria} says to that.
 *
 * <p>May use: plan.
 */
@NullMarked
package dev.repli.criteria;

import org.jspecify.annotations.NullMarked;
