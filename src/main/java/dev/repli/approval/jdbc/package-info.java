/**
 * Approvals in Repli's own database.
 *
 * <p>May use: approval, run.
 */
@NullMarked
package dev.repli.approval.jdbc;

import org.jspecify.annotations.NullMarked;
