/**
 * Post-mortems in Repli's own database.
 *
 * <p>May use: postmortem, plan, run.
 */
@NullMarked
package dev.repli.postmortem.jdbc;

import org.jspecify.annotations.NullMarked;
