/**
 * Comparison in the SQL of MariaDB and MySQL, its progress in Repli's own database.
 *
 * <p>May use: comparison, plan, database, database.survey, database.jdbc.
 *
 * <p>Measured on 10.11.18 and 11.8.6: {@code CAST(… AS BINARY)} gives the stored bytes of every
 * type that is not a number or a time, geometry, uuid, inet and vector included, and the same on
 * both; a FLOAT as text loses digits (1.2345678 shows as 1.23457), as a sum with 0e0 it does not;
 * 11.8 cuts a product above 2^63 off without an error, so that a checksum is multiplied by a number
 * below 2^31.
 */
@NullMarked
package dev.repli.comparison.jdbc;

import org.jspecify.annotations.NullMarked;
