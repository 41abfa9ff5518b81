/**
 * Imports into MariaDB and MySQL, and keeps what is held in Repli's own database.
 *
 * <p>May use: plan, database, database.jdbc, delta, delta.sql, delta.imports, delta.conflict.
 */
@NullMarked
package dev.repli.delta.imports.jdbc;

import org.jspecify.annotations.NullMarked;
