/**
 * MariaDB's statements behind the database port.
 *
 * <p>May use: database, database.jdbc, plan.
 */
@NullMarked
package dev.repli.database.mariadb;

import org.jspecify.annotations.NullMarked;
