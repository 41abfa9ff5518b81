/**
 * The two sides of a set-up over JDBC: MySQL as a source, MariaDB as source and target.
 *
 * <p>May use: replication, database, database.jdbc, plan.
 */
@NullMarked
package dev.repli.replication.jdbc;

import org.jspecify.annotations.NullMarked;
