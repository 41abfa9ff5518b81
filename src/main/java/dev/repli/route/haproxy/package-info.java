/**
 * HAProxy's runtime API behind the route port.
 *
 * <p>May use: route, plan.
 */
@NullMarked
package dev.repli.route.haproxy;

import org.jspecify.annotations.NullMarked;
