/**
 * The few shared pieces of the Camunda engine: typed process variables, settings, hardening.
 *
 * <p>May use: run, plan.
 */
@NullMarked
package dev.repli.engine;

import org.jspecify.annotations.NullMarked;
