/**
 * MySQL's statements behind the database port.
 *
 * <p>May use: database, plan.
 */
@NullMarked
package dev.repli.database.mysql;

import org.jspecify.annotations.NullMarked;
