/**
 * Repli's own stream of rows from one node into another, where the servers cannot replicate.
 *
 * <p>May use: plan, database, delta, delta.imports.
 */
@NullMarked
package dev.repli.delta.stream;

import org.jspecify.annotations.NullMarked;
