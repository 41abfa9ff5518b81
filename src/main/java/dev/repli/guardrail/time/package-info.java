/**
 * Whether there is time for the change and for the way back.
 *
 * <p>May use: guardrail, database.survey, plan.
 */
@NullMarked
package dev.repli.guardrail.time;

import org.jspecify.annotations.NullMarked;
