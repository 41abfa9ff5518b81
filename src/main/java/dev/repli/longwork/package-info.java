/**
 * Work of seconds to hours: done by one Repli at a time, with progress, ended when nobody wants it
 * any more, and taken over when the Repli that did it is dead.
 *
 * <p>May use: run, plan, host.
 */
@NullMarked
package dev.repli.longwork;

import org.jspecify.annotations.NullMarked;
