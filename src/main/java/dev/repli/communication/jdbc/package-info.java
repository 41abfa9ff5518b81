/**
 * Messages in Repli's own database.
 *
 * <p>May use: communication, plan, run.
 */
@NullMarked
package dev.repli.communication.jdbc;

import org.jspecify.annotations.NullMarked;
