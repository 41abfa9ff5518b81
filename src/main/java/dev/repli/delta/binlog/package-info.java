/**
 * Reads a server's binary log as a replica does. The connection is a library's; events are decoded
 * here, from their bytes, and each is checked by its checksum.
 *
 * <p>May use: plan, database, database.jdbc, delta, delta.sql.
 */
@NullMarked
package dev.repli.delta.binlog;

import org.jspecify.annotations.NullMarked;
