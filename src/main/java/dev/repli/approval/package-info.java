/**
 * Who may say yes to what: named people, bound to the fingerprint of the plan they were shown.
 *
 * <p>May use: plan, journal, run.
 */
@NullMarked
package dev.repli.approval;

import org.jspecify.annotations.NullMarked;
