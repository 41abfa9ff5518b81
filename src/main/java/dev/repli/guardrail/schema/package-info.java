/**
 * Whether both nodes hold the same, and go on doing so.
 *
 * <p>May use: guardrail, database.survey, plan, comparison.
 */
@NullMarked
package dev.repli.guardrail.schema;

import org.jspecify.annotations.NullMarked;
