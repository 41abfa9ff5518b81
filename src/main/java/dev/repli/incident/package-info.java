/**
 * Incidents reported by monitoring, folded into one run each.
 *
 * <p>May use: plan, run, journal.
 */
@NullMarked
package dev.repli.incident;

import org.jspecify.annotations.NullMarked;
