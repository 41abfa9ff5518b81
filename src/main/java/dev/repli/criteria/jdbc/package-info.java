/**
 * Breach clocks in Repli's own database.
 *
 * <p>May use: criteria, plan.
 */
@NullMarked
package dev.repli.criteria.jdbc;

import org.jspecify.annotations.NullMarked;
