/**
 * How cells are read from and written to a table by JDBC without changing them.
 *
 * <p>May use: delta.
 */
@NullMarked
package dev.repli.delta.sql;

import org.jspecify.annotations.NullMarked;
