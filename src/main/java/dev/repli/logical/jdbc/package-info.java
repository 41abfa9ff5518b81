/**
 * How fast deltas were carried, in Repli's own database.
 *
 * <p>May use: logical, plan, run.
 */
@NullMarked
package dev.repli.logical.jdbc;

import org.jspecify.annotations.NullMarked;
