/**
 * Moving the writer from the source to the target, while the way back is proved.
 *
 * <p>May use: plan, database, route, journal, run, approval, guardrail, rollback, certificate,
 * comparison.
 */
@NullMarked
package dev.repli.cutover;

import org.jspecify.annotations.NullMarked;
