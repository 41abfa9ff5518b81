/**
 * One execution of a runbook: its key, its state, and how it is started, found and aborted.
 *
 * <p>May use: plan.
 */
@NullMarked
package dev.repli.run;

import org.jspecify.annotations.NullMarked;
