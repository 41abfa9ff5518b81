/**
 * Samples in Repli's own database.
 *
 * <p>May use: sample, plan.
 */
@NullMarked
package dev.repli.sample.jdbc;

import org.jspecify.annotations.NullMarked;
