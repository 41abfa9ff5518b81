/**
 * The machine on which Repli itself runs, behind the host port.
 *
 * <p>May use: host, plan.
 */
@NullMarked
package dev.repli.host.local;

import org.jspecify.annotations.NullMarked;
