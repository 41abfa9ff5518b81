/**
 * Programs and files on the machines of a plan's nodes: allow-listed, bounded in time and output,
 * ended when nobody wants them any more.
 *
 * <p>May use: plan.
 */
@NullMarked
package dev.repli.host;

import org.jspecify.annotations.NullMarked;
