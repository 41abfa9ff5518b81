/**
 * MySQL's statements behind the database port.
 *
 * <p>May use: database, database.jdbc, plan.
 */
@NullMarked
package dev.repli.database.mysql;

import org.jspecify.annotations.NullMarked;
