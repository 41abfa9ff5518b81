/**
 * Whether the next writer has everything, and will go on having it.
 *
 * <p>May use: guardrail, database.survey, plan.
 */
@NullMarked
package dev.repli.guardrail.replication;

import org.jspecify.annotations.NullMarked;
