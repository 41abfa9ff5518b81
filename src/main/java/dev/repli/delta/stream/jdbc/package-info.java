/**
 * Streams in Repli's own database.
 *
 * <p>May use: plan, database, delta.imports, delta.stream.
 */
@NullMarked
package dev.repli.delta.stream.jdbc;

import org.jspecify.annotations.NullMarked;
