/**
 * The proof that the way back works, made before anything moves and again and again while the
 * rollback window is open.
 *
 * <p>May use: plan, database, route, journal, run, approval, comparison, rollback.
 */
@NullMarked
package dev.repli.certificate;

import org.jspecify.annotations.NullMarked;
