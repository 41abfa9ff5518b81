/**
 * Questions to a MariaDB that goes back in place.
 *
 * <p>May use: inplace, plan, backup, database, database.jdbc.
 */
@NullMarked
package dev.repli.inplace.jdbc;

import org.jspecify.annotations.NullMarked;
