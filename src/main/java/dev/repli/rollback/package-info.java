/**
 * The way back: assessment, verification and the strategies that move the writer to the source.
 *
 * <p>May use: plan, database, route, journal, run, writerswitch, approval.
 */
@NullMarked
package dev.repli.rollback;

import org.jspecify.annotations.NullMarked;
