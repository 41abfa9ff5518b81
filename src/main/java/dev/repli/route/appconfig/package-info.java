/**
 * Configuration files of applications behind the route port.
 *
 * <p>May use: route, host, plan.
 */
@NullMarked
package dev.repli.route.appconfig;

import org.jspecify.annotations.NullMarked;
