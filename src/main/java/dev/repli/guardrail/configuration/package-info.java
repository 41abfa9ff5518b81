/**
 * Settings that would make the next writer behave otherwise.
 *
 * <p>May use: guardrail, database.survey, plan.
 */
@NullMarked
package dev.repli.guardrail.configuration;

import org.jspecify.annotations.NullMarked;
