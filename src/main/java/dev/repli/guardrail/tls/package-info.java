/**
 * Who connects without TLS, what certificates say, what each client has to set.
 *
 * <p>May use: guardrail, database.survey, plan.
 */
@NullMarked
package dev.repli.guardrail.tls;

import org.jspecify.annotations.NullMarked;
