/**
 * Work that a switch would cut, wait for, or trip over.
 *
 * <p>May use: guardrail, database.survey, plan.
 */
@NullMarked
package dev.repli.guardrail.inflight;

import org.jspecify.annotations.NullMarked;
