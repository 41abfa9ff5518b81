/**
 * The journal in tables of its own, in H2, MariaDB or PostgreSQL.
 *
 * <p>May use: journal, run, command.
 */
@NullMarked
package dev.repli.journal.jdbc;

import org.jspecify.annotations.NullMarked;
