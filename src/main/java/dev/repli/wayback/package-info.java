/**
 * Repli's own stream as the way back where servers cannot replicate back: what the writer switch,
 * the rollback and the certificate ask of it.
 *
 * <p>May use: plan, database, delta, delta.imports, delta.conflict, delta.stream, rollback,
 * certificate, writerswitch.
 */
@NullMarked
package dev.repli.wayback;

import org.jspecify.annotations.NullMarked;
