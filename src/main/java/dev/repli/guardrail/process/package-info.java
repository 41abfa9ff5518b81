/**
 * What guardrails read of the engine itself.
 *
 * <p>May use: guardrail.
 */
@NullMarked
package dev.repli.guardrail.process;

import org.jspecify.annotations.NullMarked;
