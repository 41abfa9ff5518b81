/**
 * Who does which long work, in Repli's own database.
 *
 * <p>May use: longwork, run.
 */
@NullMarked
package dev.repli.longwork.jdbc;

import org.jspecify.annotations.NullMarked;
