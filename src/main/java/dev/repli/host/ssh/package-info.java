/**
 * A machine reached over SSH, behind the host port.
 *
 * <p>May use: host, plan.
 */
@NullMarked
package dev.repli.host.ssh;

import org.jspecify.annotations.NullMarked;
