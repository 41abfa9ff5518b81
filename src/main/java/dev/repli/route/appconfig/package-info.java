/**
 * An application's configuration file behind the route port.
 *
 * <p>May use: route, plan.
 */
@NullMarked
package dev.repli.route.appconfig;

import org.jspecify.annotations.NullMarked;
