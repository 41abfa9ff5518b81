/**
 * What the nodes themselves tell of the machines they run on.
 *
 * <p>May use: guardrail, database.survey, plan.
 */
@NullMarked
package dev.repli.guardrail.infrastructure;

import org.jspecify.annotations.NullMarked;
