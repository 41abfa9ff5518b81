/**
 * MariaDB's statements behind the database port.
 *
 * <p>May use: database, plan.
 */
@NullMarked
package dev.repli.database.mariadb;

import org.jspecify.annotations.NullMarked;
