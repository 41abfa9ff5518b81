/**
 * Whether each way of applications to the writer does what the plan says.
 *
 * <p>May use: guardrail, database.survey, plan, route.
 */
@NullMarked
package dev.repli.guardrail.routes;

import org.jspecify.annotations.NullMarked;
