/**
 * Which node is what, and who else acts on them.
 *
 * <p>May use: guardrail, database.survey, plan.
 */
@NullMarked
package dev.repli.guardrail.topology;

import org.jspecify.annotations.NullMarked;
