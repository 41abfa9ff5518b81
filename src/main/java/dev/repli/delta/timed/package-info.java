/**
 * Finds rows by time columns, where no binary log is left to read.
 *
 * <p>May use: plan, database, database.jdbc, database.survey, delta, delta.binlog, delta.sql.
 */
@NullMarked
package dev.repli.delta.timed;

import org.jspecify.annotations.NullMarked;
