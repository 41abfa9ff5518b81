/**
 * What sends applications to the writer, whatever its technology.
 *
 * <p>May use: plan.
 */
@NullMarked
package dev.repli.route;

import org.jspecify.annotations.NullMarked;
