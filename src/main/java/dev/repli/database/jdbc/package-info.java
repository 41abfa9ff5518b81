/**
 * What the adapters that speak JDBC share: one connection with bounded waits, errors translated at
 * the border, and the probe.
 *
 * <p>May use: plan, database (the port), database.survey. Used by: database.mariadb,
 * database.mysql.
 */
@NullMarked
package dev.repli.database.jdbc;

import org.jspecify.annotations.NullMarked;
