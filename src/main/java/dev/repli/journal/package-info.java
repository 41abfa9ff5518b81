/**
 * The evidence of every run: append-only, hash-chained, written outside the engine's transaction.
 *
 * <p>May use: run, plan.
 */
@NullMarked
package dev.repli.journal;

import org.jspecify.annotations.NullMarked;
