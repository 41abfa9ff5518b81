/**
 * What runs where since when, as the journal says it.
 *
 * <p>May use: plan, run, journal.
 */
@NullMarked
package dev.repli.release;

import org.jspecify.annotations.NullMarked;
